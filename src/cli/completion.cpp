#include <algorithm>

#include "cli/description.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) {
    all += (all.empty() ? "" : " ") + word;
  }
  return all;
}

std::vector<std::string> option_words(const std::vector<OptionDescription>& options) {
  std::vector<std::string> words;
  for (const OptionDescription& option : options) {
    words.insert(words.end(), option.names.begin(), option.names.end());
  }
  return words;
}

std::vector<std::string> command_names(const Description& description) {
  std::vector<std::string> names;
  for (const CommandDescription& command : description.commands) {
    names.push_back(command.name);
  }
  names.emplace_back("help");
  return names;
}

/// The words that an option's value, or a command's first argument, can be.
struct Choice {
  const char* of;
  const char* words;
};
constexpr Choice kOptionChoices[] = {
    {"--format", "table csv tsv json ndjson markdown"},
    {"--color", "auto always never"},
    {"--by", "month day hour app deployment region process"},
    {"--section", "header lines waterfall policies contributors"},
    {"--fail-on", "anomaly coverage reject"},
    {"--flag",
     "ahead_of_snapshot clamped32 counter_break identity_change inverted long_life never_started "
     "no_stop_order open orphan restated running stale_read starting unknown_start unmetered "
     "wrap32"},
};
constexpr Choice kArgumentChoices[] = {
    {"deployments", "import list"},      {"rates", "import list"},
    {"policy", "import list"},           {"invoice", "import list show"},
    {"completion", "bash zsh fish man"}, {"export", "datasette"},
};

std::string query_names() {
  std::vector<std::string> names;
  for (const NamedQuery& query : named_queries()) {
    names.push_back(query.name);
  }
  return joined(names);
}

std::string for_bash(const Description& description) {
  std::string script =
      "# fleetmeter completion for bash: source this, or put it into "
      "/usr/share/bash-completion/completions/fleetmeter\n"
      "_fleetmeter() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in\n"
      "      " +
      joined(command_names(description));
  std::replace(script.begin() + static_cast<std::ptrdiff_t>(script.rfind("      ") + 6),
               script.end(), ' ', '|');
  script += ") command=${COMP_WORDS[i]}; break ;;\n    esac\n  done\n  case $before in\n";
  for (const Choice& choice : kOptionChoices) {
    script += std::string("    ") + choice.of + ") COMPREPLY=($(compgen -W \"" + choice.words +
              "\" -- \"$word\")); return ;;\n";
  }
  script += "  esac\n  local words=\"\" options=\"" + joined(option_words(description.common)) +
            "\"\n  case $command in\n    \"\") words=\"" + joined(command_names(description)) +
            "\" ;;\n    help) words=\"" + joined(command_names(description)) +
            "\" ;;\n    query) words=\"" + query_names() + "\" ;;&\n";
  for (const Choice& choice : kArgumentChoices) {
    script += std::string("    ") + choice.of + ") words=\"" + choice.words + "\" ;;&\n";
  }
  for (const CommandDescription& command : description.commands) {
    script += "    " + command.name + ") options=\"$options " +
              joined(option_words(command.options)) + "\" ;;\n";
  }
  return script +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _fleetmeter fleetmeter\n";
}

/// A text inside '…' and […] of zsh, or '…' of fish.
std::string plain(std::string text) {
  std::replace(text.begin(), text.end(), '\'', ' ');
  std::replace(text.begin(), text.end(), '[', '(');
  std::replace(text.begin(), text.end(), ']', ')');
  std::replace(text.begin(), text.end(), ':', ',');
  return text;
}

const char* words_of(const OptionDescription& option) {
  for (const Choice& choice : kOptionChoices) {
    if (std::find(option.names.begin(), option.names.end(), choice.of) != option.names.end()) {
      return choice.words;
    }
  }
  return "";
}

const char* words_of(const CommandDescription& command) {
  for (const Choice& choice : kArgumentChoices) {
    if (command.name == choice.of) {
      return choice.words;
    }
  }
  return "";
}

std::string zsh_option(const OptionDescription& option) {
  std::string all;
  for (const std::string& name : option.names) {
    const std::string words = words_of(option);
    all += "    '" + name + "[" + plain(option.help) + "]" +
           (option.value.empty() ? ""
                                 : ":" + plain(option.value) + ":" +
                                       (words.empty() ? "_files" : "(" + words + ")")) +
           "' \\\n";
  }
  return all;
}

std::string for_zsh(const Description& description) {
  std::string script =
      "#compdef fleetmeter\n# fleetmeter completion for zsh: put it into a folder of $fpath as "
      "_fleetmeter\n_fleetmeter() {\n  local -a commands\n  commands=(\n";
  for (const CommandDescription& command : description.commands) {
    script += "    '" + command.name + ":" + plain(command.help) + "'\n";
  }
  script += "  )\n  local command=${words[(r)(" + joined(command_names(description)) + ")]}\n";
  std::string alternatives = joined(command_names(description));
  std::replace(alternatives.begin(), alternatives.end(), ' ', '|');
  script.replace(script.rfind(joined(command_names(description))),
                 joined(command_names(description)).size(), alternatives);
  script +=
      "  if [[ -z $command ]]; then\n    _describe command commands\n    return\n  fi\n  case "
      "$command in\n";
  for (const CommandDescription& command : description.commands) {
    const std::string words = command.name == "query" ? query_names() : words_of(command);
    script += "  " + command.name + ")\n    _arguments \\\n";
    for (const OptionDescription& option : command.options) {
      script += zsh_option(option);
    }
    for (const OptionDescription& option : description.common) {
      script += zsh_option(option);
    }
    script +=
        std::string("    '*:argument:") + (words.empty() ? "_files" : "(" + words + ")") + "' ;;\n";
  }
  return script + "  esac\n}\n_fleetmeter \"$@\"\n";
}

std::string fish_option(const std::string& condition, const OptionDescription& option) {
  std::string line = "complete -c fleetmeter" + condition;
  for (const std::string& name : option.names) {
    line += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  const std::string words = words_of(option);
  return line + (option.value.empty() ? "" : " -r") + (words.empty() ? "" : " -a '" + words + "'") +
         " -d '" + plain(option.help) + "'\n";
}

std::string for_fish(const Description& description) {
  std::string script =
      "# fleetmeter completion for fish: put it into ~/.config/fish/completions/fleetmeter.fish\n";
  for (const OptionDescription& option : description.common) {
    script += fish_option("", option);
  }
  for (const CommandDescription& command : description.commands) {
    script += "complete -c fleetmeter -n __fish_use_subcommand -a " + command.name + " -d '" +
              plain(command.help) + "'\n";
    const std::string condition = " -n '__fish_seen_subcommand_from " + command.name + "'";
    const std::string words = command.name == "query" ? query_names() : words_of(command);
    if (!words.empty()) {
      script += "complete -c fleetmeter" + condition + " -a '" + words + "'\n";
    }
    for (const OptionDescription& option : command.options) {
      script += fish_option(condition, option);
    }
  }
  return script;
}

}  // namespace

std::string completion_for(const std::string& shell, const Description& description) {
  if (shell == "bash") {
    return for_bash(description);
  }
  if (shell == "zsh") {
    return for_zsh(description);
  }
  if (shell == "fish") {
    return for_fish(description);
  }
  throw Error(ErrorKind::usage, "completion: no such shell (" + printable(shell) + ")" +
                                    did_you_mean(shell, {"bash", "zsh", "fish", "man"}) +
                                    "; there are bash, zsh, fish, and man for the manual page");
}

int run_completion(const Options& options) {
  const Description description = describe();
  write_text(options, options.tool == "man" ? manual(description)
                                            : completion_for(options.tool, description));
  return 0;
}

}  // namespace fleetmeter::cli
