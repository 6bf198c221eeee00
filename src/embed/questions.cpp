#include <algorithm>

#include "embed/arrow_stream.hpp"
#include "embed/call.hpp"
#include "embed/options.hpp"

namespace fleetmeter::embed {

namespace {

/// A question by its name, as the command of that name asks it.
struct NamedQuestion {
  const char* name;
  void (*ask)(const Store& store, Asked& asked, RowSink& answer);
};

void ask_cost(const Store& store, Asked& asked, RowSink& answer) {
  settle_window(asked, store, store.zone_of(asked.pricing));
  give(asked.question, store.cost(asked.question, asked.pricing), answer);
}

void ask_explain(const Store& store, Asked& asked, RowSink& answer) {
  if (asked.question.process_ids.size() != 1) {
    throw Error(ErrorKind::usage, "explain: asks for one process");
  }
  settle_window(asked, store);
  give(store.explain(asked.question.process_ids.front(), asked.question), answer);
}

void ask_anomalies(const Store& store, Asked& asked, RowSink& answer) {
  settle_window(asked, store);
  std::vector<Anomaly> all = store.anomalies(asked.question);
  std::erase_if(all, [&](const Anomaly& one) {
    return !asked.flags.empty() &&
           std::find(asked.flags.begin(), asked.flags.end(), one.flag) == asked.flags.end();
  });
  give(all, answer);
}

constexpr NamedQuestion kQuestions[] = {
    {"billing",
     [](const Store& store, Asked& asked, RowSink& answer) {
       settle_window(asked, store);
       give(asked.question, store.billing(asked.question), answer);
     }},
    {"egress",
     [](const Store& store, Asked& asked, RowSink& answer) {
       settle_window(asked, store);
       give(asked.question, store.egress(asked.question), answer);
     }},
    {"cost", ask_cost},
    {"anomalies", ask_anomalies},
    {"explain", ask_explain},
    {"coverage",
     [](const Store& store, Asked& asked, RowSink& answer) {
       settle_window(asked, store);
       give(store.coverage(asked.question, asked.gap_ms).places, answer);
     }},
    {"gaps",
     [](const Store& store, Asked& asked, RowSink& answer) {
       settle_window(asked, store);
       give(store.coverage(asked.question, asked.gap_ms).missing(), answer);
     }},
    {"status", [](const Store& store, Asked& /*asked*/,
                  RowSink& answer) { give(std::vector<StoreStatus>{store.status()}, answer); }},
    {"check",
     [](const Store& store, Asked& /*asked*/, RowSink& answer) { give(store.check(), answer); }},
};

const NamedQuestion& question_called(const std::string& name) {
  std::vector<std::string> known;
  for (const NamedQuestion& question : kQuestions) {
    if (name == question.name) {
      return question;
    }
    known.emplace_back(question.name);
  }
  throw Error(ErrorKind::usage, printable(name) + ": no such question" + did_you_mean(name, known));
}

/// Runs a call whose answer is a table.
template <class Ask>
fleetmeter_code answer_call(fleetmeter_store* store, ArrowArrayStream* answer, Ask&& ask) {
  return run([&] {
    if (answer == nullptr) {
      throw Error(ErrorKind::usage, "answer: is NULL");
    }
    *answer = {};
    const Call call(store);
    Table table;
    ask(table);
    give_stream(std::move(table), *answer);
    return FLEETMETER_OK;
  });
}

}  // namespace

}  // namespace fleetmeter::embed

using namespace fleetmeter;         // NOLINT: these are the library's functions for C
using namespace fleetmeter::embed;  // NOLINT

fleetmeter_code fleetmeter_ask(fleetmeter_store* store, const char* question,
                               const char* const* options, ArrowArrayStream* answer) {
  return answer_call(store, answer, [&](Table& table) {
    const NamedQuestion& named = question_called(text_of(question, "question"));
    Asked asked = read_question(options);
    if (!asked.parameters.empty()) {
      throw Error(ErrorKind::usage, "parameters are of named queries (fleetmeter_query)");
    }
    named.ask(store->store, asked, table);
  });
}

fleetmeter_code fleetmeter_query(fleetmeter_store* store, const char* name,
                                 const char* const* options, ArrowArrayStream* answer) {
  return answer_call(store, answer, [&](Table& table) {
    Asked asked = read_question(options);
    settle_window(asked, store->store);
    store->store.query(text_of(name, "name"), asked.parameters, asked.question, table);
  });
}

fleetmeter_code fleetmeter_sql(fleetmeter_store* store, const char* select,
                               const char* const* options, ArrowArrayStream* answer) {
  return answer_call(store, answer, [&](Table& table) {
    store->store.sql(text_of(select, "select"), table, read_limits(options));
  });
}
