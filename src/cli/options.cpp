#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/command_line.hpp"
#include "cli/description.hpp"
#include "cli/own_options.hpp"
#include "cli/query_options.hpp"
#include "cli/store_paths.hpp"
#include "cli/usage.hpp"
#include "cli/values.hpp"

namespace fleetmeter::cli {

std::string default_store() {
  const char* named = std::getenv("FLEETMETER_DB");
  return named != nullptr && *named != '\0' ? named : "fleetmeter.db";
}

namespace {

constexpr const char* kAbout =
    "Exact billable time and egress from archived snapshots of Hathora processes.";
constexpr const char* kFooter =
    "Exit: 0 done; 1 done, and the answer is a finding; 2 usage; 65 some input was rejected; "
    "66 no such input; 70 internal; 73 cannot create output; 74 I/O error or disk full; "
    "75 busy, try again; 77 permission; 78 not our store, a newer one, or a damaged one.";

void add_common(CLI::App& app, Options& o) {
  app.add_option(
         "--db", o.dbs,
         "The store (else $FLEETMETER_DB, else fleetmeter.db here); questions ask several, a "
         "folder or a quoted pattern as one (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false)
      ->group("Common");
  app.add_option("--format", o.format,
                 "table, csv, tsv, json, ndjson, markdown, parquet or xlsx (default: table on a "
                 "terminal, else csv)")
      ->type_name("FORMAT")
      ->group("Common");
  app.add_option(
         "-o,--output", o.output,
         "Write the answer to FILE, whole or not at all; its extension is the format (-: standard "
         "output)")
      ->type_name("FILE")
      ->group("Common");
  app.add_option("--sort", o.sort,
                 "Rows by a column of the answer, which COLUMN:desc turns round; empty ones last")
      ->type_name("COLUMN")
      ->group("Common");
  add_number(app, "--limit", o.limit, {.least = 1}, "Only the first N rows")->group("Common");
  app.add_flag("--total", o.total,
               "One more row: what all rows come to, also those that --limit leaves out")
      ->group("Common");
  app.add_flag("--exact", o.exact, "In tables, raw integers instead of people's units")
      ->group("Common");
  add_number(app, "--width", o.width, {.most = 100'000},
             "Fit tables into N columns; 0: as wide as they are [$COLUMNS, else the terminal's]")
      ->group("Common");
  app.add_flag("--csv-safe", o.csv_safe, "Guard text cells against spreadsheet formulas")
      ->group("Common");
  app.add_option("--color", o.color, "auto, always or never (NO_COLOR is honoured)")
      ->type_name("WHEN")
      ->group("Common");
  app.add_flag("-q,--quiet", o.quiet, "No progress; the answer and errors are told all the same")
      ->group("Common");
}

/// What --help prints of a command; of one query, when `words` name it. Throws Error(usage) on
/// another command.
std::string help_of(const std::string& name, const std::vector<std::string>& words) {
  const Description description = describe();
  std::vector<std::string> names;
  for (const CommandDescription& command : description.commands) {
    names.push_back(command.name);
    if (command.name != name) {
      continue;
    }
    for (const NamedQuery& query : named_queries()) {
      if (name == "query" && std::find(words.begin(), words.end(), query.name) != words.end()) {
        return help_text(describe_query(command, query), description);
      }
    }
    return help_text(command, description);
  }
  throw Error(ErrorKind::usage,
              "help: no such command (" + printable(name) + ")" + did_you_mean(name, names));
}

std::optional<int> answer_help(const std::vector<std::string>& words) {
  if (words.empty() || (words.front() == "help" && words.size() == 1)) {
    std::cout << help_text(describe());
    return words.empty() ? static_cast<int>(ErrorKind::usage) : 0;
  }
  if (words.front() != "help") {
    return std::nullopt;
  }
  std::cout << help_of(words[1], words);
  return 0;
}

}  // namespace

void add_everything(CLI::App& app, Parsed& parsed, const std::string& only) {
  app.description(kAbout);
  app.name("fleetmeter");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Print this help and exit")->group("Common");
  app.set_version_flag("--version", version_details(), "Print the version and exit")
      ->group("Common");
  app.fallthrough();
  app.option_defaults()->disable_flag_override();  // --scan=no would be read as --scan
  add_common(app, parsed.options);
  for (const Command& command : commands()) {
    if (!only.empty() && only != command.name) {
      continue;
    }
    CLI::App* sub = app.add_subcommand(command.name, command.help);
    sub->fallthrough();
    add_own_options(command.name, *sub, parsed.options);
    sub->callback([&parsed, &command] { parsed.command = &command; });
  }
}

namespace {

/// The command that a command line is about, found out before it is parsed. "" when that is not
/// plain, or when it asks for help.
std::string command_in(int argc, char** argv) {
  std::string found;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--help" || word == "-h" || (i == 1 && word == "help")) {
      return "";
    }
    for (const Command& command : commands()) {
      if (word == command.name) {
        if (!found.empty()) {
          return "";  // a value that is called like a command
        }
        found = command.name;
      }
    }
  }
  return found;
}

/// Whether the values of an option are the names of files, or of a folder whose archives are read.
/// -o, which says where the answer goes, is not asked.
bool names_paths(const CLI::Option& option, const Options& typed) {
  const std::string& name = option.get_single_name();
  if (option.nonpositional()) {
    return name == "archive" || (option.get_type_name() == "FILE" && name != "output") ||
           option.get_type_name() == "PATH";
  }
  const bool is_import = typed.action.empty() || typed.action == "import";
  return (name == "paths" && is_import) || name == "table" || name == "file";
}

void add_used_paths(const CLI::App& app, Options& typed) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->count() > 0 && names_paths(*option, typed)) {
      const std::vector<std::string>& named = option->results();
      typed.used_paths.insert(typed.used_paths.end(), named.begin(), named.end());
    }
  }
}

}  // namespace

Parsed parse(int argc, char** argv) {
  Parsed parsed;
  parsed.options.db = default_store();
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (const auto answered = answer_help(words)) {
    parsed.exit_code = *answered;
    return parsed;
  }
  CLI::App app;
  add_everything(app, parsed, command_in(argc, argv));
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const std::vector<CLI::App*> asked = app.get_subcommands();
    std::cout << (asked.empty() ? help_text(describe())
                                : help_of(asked.front()->get_name(), words));
  } catch (const CLI::CallForVersion&) {
    std::cout << version_details();
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, usage_message(app, error));
  }
  if (parsed.command != nullptr) {
    add_used_paths(app, parsed.options);
    add_used_paths(*app.get_subcommands().front(), parsed.options);
    find_stores(parsed.command->name, parsed.options);
  }
  return parsed;
}

}  // namespace fleetmeter::cli
