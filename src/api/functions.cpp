#include "api/functions.hpp"

#include <algorithm>
#include <cmath>

#include "base/calendar.hpp"
#include "store/table_function.hpp"

namespace fleetmeter {

namespace {

using store::Arguments;

const std::vector<GroupBy> kGroups{GroupBy::month,  GroupBy::day,        GroupBy::hour,
                                   GroupBy::app,    GroupBy::deployment, GroupBy::region,
                                   GroupBy::process};

constexpr double kLargestExact = 9007199254740992.0;  // integers below it are exact in a double

/// A number as it was handed over.
std::string spelt(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return std::to_string(*integer);
  }
  const auto* const real = std::get_if<double>(&cell);
  return real != nullptr ? std::to_string(*real) : "bytes";
}

std::optional<std::string> text_in(const Cell& cell, const char* parameter) {
  if (std::holds_alternative<std::nullptr_t>(cell)) {
    return std::nullopt;
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  throw Error(ErrorKind::usage, std::string(parameter) + ": expects a text (" + spelt(cell) + ")");
}

/// One end of a window: unix milliseconds, or a text.
void read_end(const Cell& cell, const char* parameter, std::optional<std::int64_t>& ms,
              std::optional<std::string>& text) {
  const auto* const real = std::get_if<double>(&cell);
  if (const auto* at_ms = std::get_if<std::int64_t>(&cell)) {
    ms = *at_ms;
  } else if (real != nullptr && *real == std::floor(*real) && std::abs(*real) < kLargestExact) {
    ms = static_cast<std::int64_t>(*real);  // as SQL makes of an integer that it divided
  } else {
    text = text_in(cell, parameter);
  }
}

Question question_of(Question question, const Arguments& arguments) {
  WindowText window;
  question.tz = text_in(arguments[2], "tz").value_or(question.tz);
  read_end(arguments[0], "from", question.from_ms, window.from);
  read_end(arguments[1], "to", question.to_ms, window.to);
  set_window(question, window);
  if (const auto by = text_in(arguments[3], "by"); by && !by->empty()) {
    question.by = parse_group_by(*by);
  }
  return question;
}

/// A table by the names of its columns, as one that has them all; what it has not is NULL.
Table spread(const Table& answer, const std::vector<std::string>& columns) {
  std::vector<std::size_t> places;
  for (const std::string& name : answer.names) {
    places.push_back(static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                              columns.begin()));
  }
  Table all;
  all.names = columns;
  for (const auto& row : answer.rows) {
    std::vector<Cell> cells(columns.size(), nullptr);
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.at(places[i]) = row[i];
    }
    all.rows.push_back(std::move(cells));
  }
  return all;
}

/// Whatever somebody stores meanwhile, all functions in one transaction of a connection answer of
/// the moment that the connection sees.
Question as_seen_by(sqlite3* db, Question question) {
  question.known_seq = store::newest_snapshot_of(db);
  return question;
}

/// The columns of a meter with all groups that there are.
template <class Row>
std::vector<std::string> columns_by_all() {
  Question question;
  question.by = kGroups;
  Table table;
  give(question, std::vector<Row>(), table);
  return table.names;
}

/// `ask` is billing or egress of a store.
template <class Row, class Ask>
store::TableFunction meter_function(const char* name, sqlite3* db,
                                    const std::function<const Store&()>& store,
                                    const Question& question, Ask ask) {
  const std::vector<std::string> columns = columns_by_all<Row>();
  return {name, columns, {"from", "to", "tz", "by"}, [=](const Arguments& arguments) {
            const Store& opened = store();  // it says what is wrong with the file
            const Question asked = question_of(as_seen_by(db, question), arguments);
            Table table;
            give(asked, ask(opened, asked), table);
            return spread(table, columns);
          }};
}

store::TableFunction explain_function(const std::function<const Store&()>& store, sqlite3* db,
                                      const Question& question) {
  Table none;
  give(std::vector<EvidencePiece>(), none);
  return {"explain", none.names, {"process_id"}, [=](const Arguments& arguments) {
            const auto process_id = text_in(arguments[0], "process_id");
            Table table;
            if (process_id) {
              const Store& opened = store();
              give(opened.explain(*process_id, as_seen_by(db, question)), table);
            }
            return table;
          }};
}

store::ValueFunction civil_function() {
  return {"civil", 2, [](const Arguments& arguments) -> Cell {
            const auto zone = text_in(arguments[1], "tz");
            const auto* const ms = std::get_if<std::int64_t>(&arguments[0]);
            if (std::holds_alternative<std::nullptr_t>(arguments[0]) || !zone) {
              return nullptr;
            }
            if (ms == nullptr) {
              throw Error(ErrorKind::usage, "civil: expects unix milliseconds and a zone");
            }
            return base::Zone(*zone).local_time(*ms);
          }};
}

}  // namespace

void add_functions(sqlite3* db, const std::function<const Store&()>& store,
                   const Question& question) {
  const auto billing = [](const Store& asked, const Question& what) { return asked.billing(what); };
  const auto egress = [](const Store& asked, const Question& what) { return asked.egress(what); };
  store::add_function(db, meter_function<BillingRow>("billing", db, store, question, billing));
  store::add_function(db, meter_function<EgressRow>("egress", db, store, question, egress));
  store::add_function(db, explain_function(store, db, question));
  store::add_function(db, civil_function());
}

}  // namespace fleetmeter
