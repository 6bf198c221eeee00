#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/command_line.hpp"
#include "cli/own_options.hpp"
#include "cli/usage.hpp"

namespace fleetmeter::cli {

std::string default_store() {
  const char* named = std::getenv("FLEETMETER_DB");
  return named != nullptr && *named != '\0' ? named : "fleetmeter.db";
}

namespace {

constexpr const char* kAbout =
    "Exact billable time and egress from archived snapshots of Hathora processes.";
constexpr const char* kFooter =
    "Exit: 0 done; 1 done, and the answer is a finding; 2 usage; 65 some input was rejected;\n"
    "66 no such input; 70 internal; 73 cannot create output; 74 I/O error or disk full;\n"
    "75 busy, try again; 77 permission; 78 not our store, a newer one, or a damaged one.";

void add_common(CLI::App& app, Options& o) {
  app.add_option("--db", o.db, "The store (else $FLEETMETER_DB, else fleetmeter.db here)")
      ->type_name("FILE")
      ->group("Common");
  app.add_option("--format", o.format,
                 "table, csv, tsv, json, ndjson, markdown or parquet (default: table on a "
                 "terminal, else csv)")
      ->type_name("F")
      ->group("Common");
  app.add_option(
         "-o,--output", o.output,
         "Write the answer to FILE, whole or not at all; its extension is the format (-: standard "
         "output)")
      ->type_name("FILE")
      ->group("Common");
  app.add_flag("--exact", o.exact, "In tables, raw integers instead of people's units")
      ->group("Common");
  app.add_option("--width", o.width,
                 "In tables, break names and cut texts to fit N columns; 0: never [the terminal's]")
      ->type_name("N")
      ->check(CLI::Range(0, 100'000))
      ->group("Common");
  app.add_flag("--csv-safe", o.csv_safe, "Guard text cells against spreadsheet formulas")
      ->group("Common");
  app.add_option("--color", o.color, "auto, always or never (NO_COLOR is honoured)")
      ->type_name("WHEN")
      ->group("Common");
  app.add_flag("-q,--quiet", o.quiet, "No progress; the answer and errors are told all the same")
      ->group("Common");
}

std::optional<int> answer_help(CLI::App& app, int argc, char** argv) {
  if (argc == 1) {
    std::cout << app.help();
    return static_cast<int>(ErrorKind::usage);
  }
  if (std::string(argv[1]) != "help") {
    return std::nullopt;
  }
  if (argc == 2) {
    std::cout << app.help();
    return 0;
  }
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    names.emplace_back(command.name);
    if (names.back() == argv[2]) {
      std::cout << app.get_subcommand(argv[2])->help("fleetmeter");
      return 0;
    }
  }
  throw Error(ErrorKind::usage,
              "help: no such command (" + printable(argv[2]) + ")" + did_you_mean(argv[2], names));
}

}  // namespace

void add_everything(CLI::App& app, Parsed& parsed, const std::string& only) {
  app.description(kAbout);
  app.name("fleetmeter");
  app.footer(kFooter);
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Print this help and exit")->group("Common");
  app.set_version_flag("--version", version_details(), "Print the version and exit");
  app.fallthrough();
  add_common(app, parsed.options);
  for (const Command& command : commands()) {
    if (!only.empty() && only != command.name) {
      continue;
    }
    CLI::App* sub = app.add_subcommand(command.name, command.help);
    sub->fallthrough();
    sub->footer(std::string(command.gives) + "\n\nCommon options: `fleetmeter --help`.");
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

}  // namespace

Parsed parse(int argc, char** argv) {
  Parsed parsed;
  parsed.options.db = default_store();
  CLI::App app;
  add_everything(app, parsed, command_in(argc, argv));
  if (const auto answered = answer_help(app, argc, argv)) {
    parsed.exit_code = *answered;
    return parsed;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
  } catch (const CLI::CallForVersion&) {
    std::cout << version_details();
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, usage_message(app, error));
  }
  if (parsed.command != nullptr) {
    expect_store_name(parsed.options.db);
  }
  return parsed;
}

}  // namespace fleetmeter::cli
