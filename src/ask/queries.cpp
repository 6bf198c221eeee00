#include "ask/queries.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "ask/window.hpp"
#include "base/sha256.hpp"
#include "base/text.hpp"
#include "fleetmeter/spelling.hpp"
#include "format/people.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "sql/schema_text.hpp"
#include "store/connection.hpp"
#include "store/known_tables.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

namespace {

const sql::SqlText& find_query(const std::string& name) {
  std::vector<std::string> names;
  for (const sql::SqlText* query : sql::all_queries) {
    names.push_back(sql::parse_contract(*query).name);
    if (names.back() == name) {
      return *query;
    }
  }
  throw Error(ErrorKind::usage, "query: no query has this name (" + base::printable(name) + ")" +
                                    base::did_you_mean(name, names) + "; " +
                                    spelled(Term::list_queries) + " lists them");
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return is_whole ? std::optional(value) : std::nullopt;
}

/// An instant and a duration may also be given in milliseconds.
Cell read_value(const sql::Declared& parameter, const std::string& text, const std::string& tz) {
  if (parameter.type != "INTEGER") {
    return text;
  }
  const std::string option = spelled(Term::parameter) + ' ' + parameter.name;
  const std::optional<std::int64_t> number = whole_number(text);
  switch (format::unit_of(parameter.name)) {
    case format::Unit::duration:
      expect_duration(number.value_or(0), option);
      return number ? *number : parse_duration(option, text);
    case format::Unit::instant:
      expect_in_calendar(number.value_or(0), option);
      return number ? *number : parse_instant(option, text, tz);
    case format::Unit::bytes:
    case format::Unit::none:
      break;
  }
  if (!number) {
    throw Error(ErrorKind::usage,
                option + ": not a whole number, like 10 (" + base::printable(text) + ")");
  }
  return *number;
}

std::optional<std::int64_t> from_question(const std::string& name, const Question& question,
                                          const ResolvedWindow& window) {
  return name == "from_ms"           ? std::optional(window.window.from_ms)
         : name == "to_ms"           ? std::optional(window.window.to_ms)
         : name == "as_of_ms"        ? std::optional(window.belief.as_of_ms)
         : name == "grace_ms"        ? std::optional(window.belief.grace_ms)
         : name == "max_lifespan_ms" ? std::optional(window.belief.max_lifespan_ms)
         : name == "trust_absence"
             ? std::optional<std::int64_t>(question.absence == Absence::trust ? 1 : 0)
             : std::nullopt;
}

/// Whether a parameter has its value from the question.
bool is_of_question(const std::string& name) {
  return from_question(name, {}, {}).has_value();
}

QueryValue value_of(const sql::Declared& declared) {
  const format::Unit unit = format::unit_of(declared.name);
  const ValueKind kind = unit == format::Unit::duration     ? ValueKind::duration
                         : unit == format::Unit::instant    ? ValueKind::instant
                         : declared.type.starts_with("INT") ? ValueKind::number
                                                            : ValueKind::text;
  return {declared.name, declared.type, declared.meaning, kind};
}

/// Whether a text can stand between quotes in a script that is read line by line. It must be valid
/// UTF-8 without a control character.
bool is_plain(const std::string& text) {
  return base::printable(text, std::string::npos) == text;
}

/// A text as one word of the shell's dot-command, which evaluates it as SQL: a string inside double
/// quotes. One with a line break, or anything else that is not plain to see, is spelt in hex, so
/// that no part of it can be read as a command of its own.
std::string shell_text(const std::string& text) {
  if (!is_plain(text)) {
    return "\"CAST(X'" + base::to_hex(text) + "' AS TEXT)\"";
  }
  std::string word = "\"'";
  for (const char c : text) {
    word += c == '\'' ? "''" : c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return word + "'\"";
}

void check_names(const sql::Contract& contract,
                 const std::map<std::string, std::string>& parameters) {
  std::vector<std::string> names;
  for (const sql::Declared& parameter : contract.in) {
    names.push_back(parameter.name);
  }
  for (const auto& [name, value] : parameters) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Error(ErrorKind::usage, spelled(Term::parameter) + ": " + contract.name +
                                        " has no such parameter (" + base::printable(name) + ")" +
                                        base::did_you_mean(name, names));
    }
  }
}

std::vector<store::Parameter> bind_parameters(const sql::Contract& contract,
                                              const std::map<std::string, std::string>& parameters,
                                              const Question& question,
                                              const store::StoreSpan& span) {
  check_names(contract, parameters);
  const ResolvedWindow window = resolve(question, span);
  if (contract.name.ends_with("_by_hour")) {
    refuse_endless("query " + contract.name, window.window);
  }
  std::vector<store::Parameter> bound;
  for (const sql::Declared& parameter : contract.in) {
    if (const auto given = parameters.find(parameter.name); given != parameters.end()) {
      bound.push_back({parameter.name, read_value(parameter, given->second, question.tz)});
    } else if (const auto value = from_question(parameter.name, question, window)) {
      bound.push_back({parameter.name, *value});
    } else {
      throw Error(ErrorKind::usage,
                  "query " + contract.name + ": needs " + spelled(Term::parameter) + ' ' +
                      parameter.name + "=" + parameter.type +
                      (parameter.meaning.empty() ? "" : " (" + parameter.meaning + ")"));
    }
  }
  return bound;
}

/// What the columns of a named query hold.
std::vector<CellKind> kinds_of(const sql::Contract& contract) {
  std::vector<CellKind> kinds;
  for (const sql::Declared& column : contract.out) {
    kinds.push_back(column.type == "INTEGER" ? CellKind::integer
                    : column.type == "TEXT"  ? CellKind::text
                    : column.type == "BLOB"  ? CellKind::bytes
                                             : CellKind::unknown);
  }
  return kinds;
}

}  // namespace

void expect_observations(const std::string& name,
                         const std::map<std::string, std::string>& parameters,
                         const Question& question, store::Reader& reader, SQLite::Database& db) {
  const sql::SqlText& query = find_query(name);
  if (!reader.pruned().before_ms() ||
      !store::tables_read(db, std::string(query.text)).contains("observation")) {
    return;
  }
  const auto bound =
      bind_parameters(sql::parse_contract(query), parameters, question, reader.span());
  const auto value_called = [&](const char* parameter) -> const Cell* {
    const auto found = std::find_if(bound.begin(), bound.end(),
                                    [&](const auto& one) { return one.name == parameter; });
    return found == bound.end() ? nullptr : &found->value;
  };
  const auto number_called = [&](const char* parameter, std::int64_t otherwise) {
    const Cell* const value = value_called(parameter);
    return value == nullptr ? otherwise : std::get<std::int64_t>(*value);
  };
  if (const Cell* const process_id = value_called("process_id")) {
    if (const auto process_key = reader.process_key(std::get<std::string>(*process_id))) {
      static_cast<void>(reader.pruned().brings(*process_key));
    }
    return;
  }
  const meter::Belief belief = resolve(question, reader.span()).belief;
  reader.pruned().expect_for(
      number_called("from_ms", std::numeric_limits<std::int64_t>::min()),
      {number_called("as_of_ms", belief.as_of_ms), number_called("grace_ms", belief.grace_ms),
       number_called("max_lifespan_ms", belief.max_lifespan_ms)});
}

void run_query(const std::string& store_path, const std::string& name,
               const std::map<std::string, std::string>& parameters, const Question& question,
               const KnownSpan& known, const ProcessChoices& process, const std::stop_token& stop,
               RowSink& sink) {
  const sql::SqlText& query = find_query(name);
  const sql::Contract contract = sql::parse_contract(query);
  const auto bound = bind_parameters(contract, parameters, question, known.span);
  store::SandboxLimits limits;
  limits.known_seq = known.known_seq;
  // Nobody else's statement: it fills no disk, and ends.
  limits.sorts_on_disk = true;
  limits.timeout_ms = store::kLongestTimeout_ms;
  limits.limits_process_memory = process.limit_memory;
  limits.on_overrun = process.on_overrun;
  limits.stop = stop;
  sink.kinds(kinds_of(contract));
  store::run_sandboxed(store_path, query, bound, limits, sink);
}

std::string script_of(const std::string& name, const std::map<std::string, std::string>& parameters,
                      const Question& question, const store::StoreSpan& span) {
  const sql::SqlText& query = find_query(name);
  const sql::Contract contract = sql::parse_contract(query);
  check_names(contract, parameters);
  if (question.known_seq || question.known_at_ms) {
    throw Error(ErrorKind::usage, "query " + contract.name +
                                      ": the sqlite3 shell reads what is "
                                      "known by now; leave out " +
                                      spelled(Term::known_seq));
  }
  const ResolvedWindow window = resolve(question, span);
  std::string script = ".parameter init\n";
  for (const sql::Declared& parameter : contract.in) {
    const auto given = parameters.find(parameter.name);
    const auto known = from_question(parameter.name, question, window);
    // The shell evaluates the value as SQL; a quoted text inside double quotes stays one word.
    std::string value = "NULL";
    if (given != parameters.end()) {
      const Cell cell = read_value(parameter, given->second, question.tz);
      const auto* integer = std::get_if<std::int64_t>(&cell);
      value =
          integer != nullptr ? std::to_string(*integer) : shell_text(std::get<std::string>(cell));
    } else if (known) {
      value = std::to_string(*known);
    }
    script += ".parameter set :" + parameter.name + ' ' + value + '\n';
  }
  return script + std::string(query.text);
}

}  // namespace fleetmeter::ask

namespace fleetmeter {

std::string query_script(const std::string& name,
                         const std::map<std::string, std::string>& parameters,
                         const Question& question, const std::string& store_path) {
  store::StoreSpan span;
  try {
    const auto db = store::open_store(store_path, store::Access::read);
    span = store::guarded(store_path, [&] { return store::Reader(*db, {}).span(); });
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::no_input) {
      throw;
    }
  }
  return ask::script_of(name, parameters, question, span);
}

std::vector<NamedQuery> named_queries() {
  std::vector<NamedQuery> all;
  for (const sql::SqlText* query : sql::all_queries) {
    const sql::Contract contract = sql::parse_contract(*query);
    NamedQuery& one = all.emplace_back(NamedQuery{.name = contract.name,
                                                  .summary = contract.summary,
                                                  .sql = std::string(query->text),
                                                  .rows = contract.rows});
    for (const sql::Declared& parameter : contract.in) {
      if (!ask::is_of_question(parameter.name)) {
        one.parameters.push_back(ask::value_of(parameter));
      }
    }
    for (const sql::Declared& column : contract.out) {
      one.columns.push_back(ask::value_of(column));
    }
  }
  return all;
}

std::vector<StoreTable> store_tables() {
  std::vector<StoreTable> all;
  for (const sql::SqlText* file : sql::all_schema) {
    const sql::SchemaText described = sql::parse_schema(*file);
    StoreTable& one =
        all.emplace_back(StoreTable{described.name, described.is_view, described.comment, {}});
    for (const auto& [name, remark] : described.columns) {
      one.columns.push_back({.name = name, .type = "", .meaning = remark});
    }
  }
  return all;
}

}  // namespace fleetmeter
