#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::test {

/// A question whose window and knowledge somebody else says.
using Asking = std::function<void(const Store&, const Question&, RowSink&)>;
using Askings = std::map<std::string, Asking>;

/// What a question says beside its window, and how that is spelt.
using Way = std::pair<std::string, std::function<void(Question&)>>;

/// Billing and egress by everything, in some ways.
inline void add_meters(const std::vector<Way>& ways, Askings& all) {
  for (const char* by : {"", "process", "region,day", "app,deployment,hour"}) {
    for (const Way& way : ways) {
      const auto asked = [by, change = way.second](Question question) {
        question.by = parse_group_by(by);
        change(question);
        return question;
      };
      const std::string name = std::string(" --by ") + by + way.first;
      all["billing" + name] = [asked](const Store& store, const Question& question, RowSink& sink) {
        give(asked(question), store.billing(asked(question)), sink);
      };
      all["egress" + name] = [asked](const Store& store, const Question& question, RowSink& sink) {
        give(asked(question), store.egress(asked(question)), sink);
      };
    }
  }
}

/// Every named query. One that takes no window is called a whole query.
inline void add_named_queries(const std::string& process_id, const std::string& at, Askings& all) {
  for (const NamedQuery& query : named_queries()) {
    const bool has_window = query.sql.find(":from_ms") != std::string::npos;
    std::map<std::string, std::string> parameters;
    for (const QueryValue& one : query.parameters) {
      parameters[one.name] = one.name == "top"          ? "7"
                             : one.name == "gap_ms"     ? "45m"
                             : one.name == "at_ms"      ? at
                             : one.name == "process_id" ? process_id
                                                        : "1";
    }
    all[(has_window ? "query " : "whole query ") + query.name] =
        [name = query.name, parameters](const Store& store, const Question& question,
                                        RowSink& sink) {
          store.query(name, parameters, question, sink);
        };
  }
}

}  // namespace fleetmeter::test
