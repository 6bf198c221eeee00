#include "cli/known_names.hpp"

#include <algorithm>
#include <utility>

#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kShortestBegin = 4;  // of an id, as for git
constexpr std::size_t kTold = 4;           // processes that begin alike

void tell_unknown(const std::string& option, const std::string& value,
                  const std::vector<std::string>& names) {
  say(option + ": nothing here is called " + printable(value) + did_you_mean(value, names));
}

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& one : all) {
    text += (text.empty() ? "" : ", ") + printable(one);
  }
  return text;
}

/// The names that begin as a text does.
std::vector<std::string> beginning(const std::vector<std::string>& names,
                                   const std::string& begin) {
  std::vector<std::string> found;
  std::copy_if(names.begin(), names.end(), std::back_inserter(found),
               [&](const std::string& name) { return name.starts_with(begin); });
  return found;
}

void refuse_several(const std::string& option, const std::string& begin,
                    const std::vector<std::string>& found) {
  throw Error(ErrorKind::usage, option + ": several begin with " + printable(begin) + ": " +
                                    joined(found) + "; give more of it");
}

/// Makes ids whole that are shortened to a beginning that only one has, where `may_be_short`; tells
/// of what is not known.
void look_up(const char* option, const std::vector<std::string>& names, bool may_be_short,
             std::vector<std::string>& values) {
  for (std::string& value : values) {
    if (std::binary_search(names.begin(), names.end(), value)) {
      continue;
    }
    const auto found = may_be_short && value.size() >= kShortestBegin ? beginning(names, value)
                                                                      : std::vector<std::string>();
    if (found.size() > 1) {
      refuse_several(option, value, found);
    }
    if (found.empty()) {
      tell_unknown(option, value, names);
    } else {
      value = found.front();
    }
  }
}

/// Processes whose ids begin like one that is not known: it may be mistyped further on.
template <class Asked>
std::vector<std::string> alike(const std::string& id, const Asked& store) {
  constexpr std::size_t kLookedAt = 100;
  return id.size() < kShortestBegin ? std::vector<std::string>()
                                    : store.process_ids(id.substr(0, kShortestBegin), kLookedAt);
}

template <class Asked>
std::string id_of(const std::string& option, const std::string& begin, const Asked& store) {
  if (begin.size() < kShortestBegin) {
    return begin;
  }
  std::vector<std::string> found = store.process_ids(begin, kTold);
  if (found.empty() || found.front() == begin) {
    return begin;
  }
  if (found.size() > 1) {
    if (found.size() == kTold) {
      found.back() = "...";
    }
    refuse_several(option, begin, found);
  }
  return found.front();
}

template <class Asked>
Question with_names_of(Question question, const Asked& store) {
  const auto look_up_all = [&](const char* option, NameKind kind, bool may_be_short,
                               std::vector<std::string>& values) {
    if (!values.empty()) {
      look_up(option, store.names(kind), may_be_short, values);
    }
  };
  look_up_all("--app", NameKind::app, true, question.app_ids);
  look_up_all("--region", NameKind::region, false, question.regions);
  look_up_all("--deployment", NameKind::deployment, false, question.deployment_ids);
  for (std::string& id : question.process_ids) {
    id = id_of("--process", id, store);
    if (store.process_ids(id, 1) != std::vector{id}) {
      tell_unknown("--process", id, alike(id, store));
    }
  }
  return question;
}

template <class Asked>
void tell_of(const Question& question, const Asked& store) {
  if (!question.from_ms && !question.to_ms) {
    return;
  }
  if (const std::string remark = store.remark_on_window(question); !remark.empty()) {
    say(remark);
  }
}

}  // namespace

std::string process_called(const std::string& option, const std::string& begin,
                           const Store& store) {
  return id_of(option, begin, store);
}

Question with_known_names(Question question, const Store& store) {
  return with_names_of(std::move(question), store);
}

Question with_known_names(Question question, const Stores& stores) {
  return with_names_of(std::move(question), stores);
}

void tell_of_window(const Question& question, const Store& store) {
  tell_of(question, store);
}

void tell_of_window(const Question& question, const Stores& stores) {
  tell_of(question, stores);
}

}  // namespace fleetmeter::cli
