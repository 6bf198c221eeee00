#include "cli/query_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "cli/values.hpp"

namespace fleetmeter::cli {

namespace {

/// `--gap` for gap_ms: what is typed shows its unit.
std::string option_name(const QueryValue& parameter) {
  std::string name = parameter.name;
  const bool has_unit =
      parameter.kind == ValueKind::duration || parameter.kind == ValueKind::instant;
  if (has_unit && name.ends_with("_ms")) {
    name.resize(name.size() - 3);
  }
  std::replace(name.begin(), name.end(), '_', '-');
  return "--" + name;
}

const char* value_name(const QueryValue& parameter) {
  switch (parameter.kind) {
    case ValueKind::duration:
      return "DURATION";
    case ValueKind::instant:
      return "TIME";
    case ValueKind::number:
      return "N";
    case ValueKind::text:
      break;
  }
  return "TEXT";
}

/// What a parameter means, for who types it: an instant is typed as a time.
std::string meaning_of(const QueryValue& parameter) {
  if (parameter.kind == ValueKind::instant && parameter.meaning == "unix ms") {
    return "the instant";
  }
  return parameter.meaning.empty() ? parameter.name : parameter.meaning;
}

/// A value as the library reads it, which counts in milliseconds. People may also give these.
std::string read_value(const QueryValue& parameter, const std::string& option,
                       const std::string& text, const std::string& tz) {
  const bool is_count = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  switch (parameter.kind) {
    case ValueKind::duration:
      return is_count ? text : std::to_string(parse_duration(option, text));
    case ValueKind::instant:
      return is_count ? text : std::to_string(parse_instant(option, text, tz));
    case ValueKind::number:
      return std::to_string(
          read_whole_number(option, text, {.least = std::numeric_limits<std::int64_t>::min()}));
    case ValueKind::text:
      break;
  }
  return text;
}

/// Parameters that have their value from the window options, and may be given all the same.
bool is_of_window(const std::string& name) {
  static const std::set<std::string> kNames{"from_ms",  "to_ms",           "as_of_ms",
                                            "grace_ms", "max_lifespan_ms", "trust_absence"};
  return kNames.contains(name);
}

std::string wanted_list(const NamedQuery& query) {
  std::string list;
  for (const QueryValue& parameter : query.parameters) {
    list += (list.empty() ? "" : ", ") + option_name(parameter) + ' ' + value_name(parameter);
  }
  return list.empty() ? "it takes the window options only" : "it takes " + list;
}

/// The parameter that somebody means who writes `gap_ms`, `gap` or `--gap`; null when there is
/// none.
const QueryValue* find_parameter(const NamedQuery& query, const std::string& name) {
  const auto found =
      std::find_if(query.parameters.begin(), query.parameters.end(), [&](const auto& one) {
        return one.name == name || option_name(one) == "--" + name || option_name(one) == name;
      });
  return found == query.parameters.end() ? nullptr : &*found;
}

/// The value of a parameter of `--param name=value`. A parameter of the window may be given so,
/// too.
std::pair<std::string, std::string> read_pair(const NamedQuery& query, const std::string& pair,
                                              const std::string& tz) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(ErrorKind::usage,
                "--param: not of the form name=value, like gap=15m (" + printable(pair) + ")");
  }
  const std::string name = pair.substr(0, equals);
  const std::string text = pair.substr(equals + 1);
  const QueryValue* const parameter = find_parameter(query, name);
  if (parameter == nullptr && !is_of_window(name)) {
    std::vector<std::string> names;
    for (const QueryValue& one : query.parameters) {
      names.push_back(one.name);
    }
    throw Error(ErrorKind::usage, "--param: " + query.name + " has no such parameter (" +
                                      printable(name) + ")" + did_you_mean(name, names) + "; " +
                                      wanted_list(query));
  }
  return parameter == nullptr
             ? std::pair(name, text)
             : std::pair(parameter->name, read_value(*parameter, "--param " + name, text, tz));
}

}  // namespace

void add_query_options(CLI::App& app, Options& options) {
  std::map<std::string, std::pair<QueryValue, std::set<std::string>>> all;
  for (const NamedQuery& query : named_queries()) {
    for (const QueryValue& parameter : query.parameters) {
      auto& [known, users] = all[parameter.name];
      known = parameter;
      users.insert(query.name);
    }
  }
  for (const auto& [name, of_queries] : all) {
    const auto& [parameter, users] = of_queries;
    std::string help = meaning_of(parameter) + " (";
    for (const std::string& user : users) {
      help += (user == *users.begin() ? "" : ", ") + user;
    }
    const auto keep = [&options, parameter_name = name](const std::string& text) {
      options.query_options[parameter_name] = text;
    };
    app.add_option_function<std::string>(option_name(parameter), keep, help + ')')
        ->type_name(value_name(parameter))
        ->group("Parameters");
  }
}

namespace {

/// A parameter has one value, however it is spelt.
template <class Inserted>
void expect_new(const Inserted& inserted) {
  if (!inserted.second) {
    throw Error(ErrorKind::usage, "query: the parameter " + printable(inserted.first->first) +
                                      " is given twice (the first value is " +
                                      printable(inserted.first->second) + ")");
  }
}

}  // namespace

std::map<std::string, std::string> parameters_of(const Options& options, const NamedQuery& query) {
  const std::string tz = options.tz.value_or("UTC");
  std::map<std::string, std::string> parameters;
  for (const std::string& pair : options.parameters) {
    expect_new(parameters.insert(read_pair(query, pair, tz)));
  }
  for (const auto& [name, text] : options.query_options) {
    const QueryValue* const parameter = find_parameter(query, name);
    if (parameter == nullptr) {
      const std::string option = option_name({name, "", "", ValueKind::duration});
      throw Error(ErrorKind::usage,
                  option + ": " + query.name + " has no such parameter; " + wanted_list(query));
    }
    expect_new(parameters.emplace(name, read_value(*parameter, option_name(*parameter), text, tz)));
  }
  for (const QueryValue& parameter : query.parameters) {
    if (!parameters.contains(parameter.name) && !options.show) {
      const std::string option = option_name(parameter);
      const std::string value = value_name(parameter);
      throw Error(ErrorKind::usage, "query " + query.name + ": needs " + option + ' ' + value +
                                        ", like " + option + ' ' + example_value(option, value) +
                                        (parameter.meaning.empty() ? "" : ": ") +
                                        parameter.meaning);
    }
  }
  return parameters;
}

NamedQuery query_called(const std::string& name) {
  std::vector<std::string> names;
  for (const NamedQuery& query : named_queries()) {
    if (query.name == name) {
      return query;
    }
    names.push_back(query.name);
  }
  throw Error(ErrorKind::usage, "query: no query has this name (" + printable(name) + ")" +
                                    did_you_mean(name, names) + "; `fleetmeter query` lists them");
}

CommandDescription describe_query(const CommandDescription& command, const NamedQuery& query) {
  CommandDescription one{"query " + query.name, command.group, query.summary, ""};
  one.help.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(one.help.front())));
  if (one.help.back() == '.') {
    one.help.pop_back();
  }
  one.gives = "Gives rows, " + query.rows +
              ". A column that ends in _ms is milliseconds, or an "
              "instant in unix milliseconds.";
  std::string line = "fleetmeter query " + query.name;
  for (const OptionDescription& option : command.options) {
    const std::string& name = option.names.back();
    const QueryValue* const parameter = find_parameter(query, name);
    if (option.group == "Parameters" && parameter != nullptr) {
      line += ' ' + name + ' ' + example_value(name, option.value);
      OptionDescription& own = one.options.emplace_back(option);
      own.help = meaning_of(*parameter);
    } else if (option.group != "Parameters") {
      one.options.push_back(option);
    }
  }
  one.examples = {{"In November 2024", line + " --month 2024-11"}};
  for (const QueryValue& column : query.columns) {
    one.arguments.push_back({{column.name}, "", column.meaning, "Columns"});
  }
  return one;
}

}  // namespace fleetmeter::cli
