#include <algorithm>
#include <iterator>

#include "cli/description.hpp"
#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

namespace {

/// Text as roff: its own signs escaped, `code` in bold, no line that begins with a point.
std::string roff(const std::string& text) {
  std::string escaped;
  bool is_code = false;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if (c == '`') {
      is_code = !is_code;
      escaped += is_code ? "\\fB" : "\\fR";
    } else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n')) {
      escaped += std::string("\\&") + c;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string bold(const std::string& text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string option_text(const OptionDescription& option) {
  std::string names;
  for (const std::string& name : option.names) {
    names += (names.empty() ? "" : ", ") + bold(name);
  }
  return ".TP\n" + names + (option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR") +
         '\n' + roff(option.help) + '\n';
}

/// What the headings of --help are called in the manual.
struct Heading {
  const char* group;
  const char* title;
};
constexpr Heading kHeadings[] = {{"Window", "Window options"},
                                 {"Groups", "Group options"},
                                 {"Filters", "Filter options"},
                                 {"Prices", "Price options"}};

/// The options that several commands take and describe alike: they are told once.
std::vector<OptionDescription> shared_options(const Description& description) {
  std::vector<OptionDescription> shared;
  for (auto command = description.commands.begin(); command != description.commands.end();
       ++command) {
    for (const OptionDescription& option : command->options) {
      const bool is_known =
          std::none_of(std::begin(kHeadings), std::end(kHeadings),
                       [&](const Heading& one) { return option.group == one.group; }) ||
          std::find(shared.begin(), shared.end(), option) != shared.end();
      const bool is_again =
          std::any_of(command + 1, description.commands.end(), [&](const CommandDescription& one) {
            return std::find(one.options.begin(), one.options.end(), option) != one.options.end();
          });
      if (is_again && !is_known) {
        shared.push_back(option);
      }
    }
  }
  return shared;
}

std::string joined(const std::vector<const OptionDescription*>& options) {
  std::string all;
  for (const OptionDescription* option : options) {
    all += (all.empty() ? "" : ", ") + bold(option->names.back());
  }
  return all;
}

/// "Takes the window options but --scan, the filter options."
std::string taken_text(const CommandDescription& command,
                       const std::vector<OptionDescription>& shared) {
  std::string all;
  for (const Heading& heading : kHeadings) {
    std::vector<const OptionDescription*> taken;
    std::vector<const OptionDescription*> others;
    for (const OptionDescription& option : shared) {
      if (option.group == heading.group) {
        const bool is_taken = std::find(command.options.begin(), command.options.end(), option) !=
                              command.options.end();
        (is_taken ? taken : others).push_back(&option);
      }
    }
    if (!taken.empty()) {
      std::string title = heading.title;
      title.front() = static_cast<char>(title.front() - 'A' + 'a');
      all += (all.empty() ? "Takes " : "; ") +
             (others.size() < taken.size()
                  ? "the " + title + (others.empty() ? "" : " but " + joined(others))
                  : "of the " + title + ' ' + joined(taken));
    }
  }
  return all.empty() ? "" : ".PP\n" + all + ".\n";
}

std::string command_text(const CommandDescription& command,
                         const std::vector<OptionDescription>& shared) {
  std::string text = ".SS " + command.name;
  for (const OptionDescription& argument : command.arguments) {
    text += " \\fI" + roff(argument.names.front()) + "\\fR";
  }
  text += '\n' + roff(command.help) + ".\n" + roff(command.gives) + '\n';
  for (const OptionDescription& option : command.options) {
    if (std::find(shared.begin(), shared.end(), option) == shared.end()) {
      text += option_text(option);
    }
  }
  return text + taken_text(command, shared);
}

std::string options_text(const Description& description,
                         const std::vector<OptionDescription>& shared) {
  std::string text = ".SS Common options\nEvery command takes these, before or after its name.\n";
  for (const OptionDescription& option : description.common) {
    text += option_text(option);
  }
  for (const Heading& heading : kHeadings) {
    text += std::string(".SS ") + heading.title + '\n';
    for (const OptionDescription& option : shared) {
      text += option.group == heading.group ? option_text(option) : "";
    }
  }
  return text;
}

std::string example_text(const Example& example) {
  return std::string(".PP\n") + roff(example.purpose) + ":\n.PP\n.RS 4\n.EX\n" +
         roff(example.line) + "\n.EE\n.RE\n";
}

/// Examples of what people do first, in the order in which they do it. --help has more of each
/// command.
std::string examples_text(const Description& description) {
  std::string text;
  for (const char* name : {"ingest", "billing", "egress", "anomalies", "query", "sql", "report"}) {
    for (const CommandDescription& command : description.commands) {
      text += command.name == name ? example_text(command.examples.front()) : "";
    }
  }
  return text;
}

/// The codes as --help lists them: `Exit: 0 done; 2 usage; …`.
std::string exit_text(const std::string& codes) {
  std::string text;
  std::string rest = codes.substr(codes.find(": ") + 2);
  std::replace(rest.begin(), rest.end(), '\n', ' ');
  if (!rest.empty() && rest.back() == '.') {
    rest.pop_back();
  }
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string one = rest.substr(0, end);
    const std::size_t number = one.find_first_not_of(' ');
    const std::size_t space = one.find(' ', number);
    text += ".TP\n" + bold(one.substr(number, space - number)) + '\n' +
            roff(one.substr(space + 1)) + '\n';
    rest.erase(0, end + 1);
  }
  return text;
}

constexpr const char* kDescription =
    "`fleetmeter` reads archives of what the API of Hathora said of game-server processes (lists "
    "that\nsomebody polled, in whatever state they are) into a store, which is one SQLite file. "
    "From it\n`fleetmeter` answers how long processes were billable and how many bytes they sent. "
    "Each answer is\nthree numbers: the point, and a lower and an upper bound that the truth "
    "cannot leave. Every number can\nbe traced to the files that it comes from. The same archive "
    "gives the same bytes out.\n";

constexpr const char* kFiles =
    ".TP\n.I fleetmeter.db\nThe store, in the current folder, where neither \\fB\\-\\-db\\fR nor "
    "\\fBFLEETMETER_DB\\fR names another.\nBeside it \\fIfleetmeter.db\\-wal\\fR and "
    "\\fIfleetmeter.db\\-shm\\fR stand while it is in use.\n"
    ".TP\n.I /var/lib/fleetmeter\nStore, reports and backups of "
    "\\fBfleetmeter\\-nightly.service\\fR.\n"
    ".TP\n.I /srv/fleetmeter/archive\nThe archive that it reads.\n"
    ".TP\n.I /usr/share/doc/fleetmeter\nWhat every number means "
    "(\\fIdocs/semantics.md\\fR), and all other documents.\n";

}  // namespace

std::string manual(const Description& description) {
  const std::vector<OptionDescription> shared = shared_options(description);
  std::string page = ".TH FLEETMETER 1 \"\" \"fleetmeter " + version() +
                     "\" \"User Commands\"\n.SH NAME\nfleetmeter \\- " + roff(description.about) +
                     "\n.SH SYNOPSIS\n\\fBfleetmeter\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n.br\n"
                     "\\fBfleetmeter help\\fR [\\fICOMMAND\\fR]\n.SH DESCRIPTION\n" +
                     roff(kDescription) + ".SH COMMANDS\n";
  for (const CommandDescription& command : description.commands) {
    page += command_text(command, shared);
  }
  page += ".SH OPTIONS\n" + options_text(description, shared) + ".SH EXAMPLES" + '\n' +
          examples_text(description) + ".SH ENVIRONMENT\n.TP\n.B FLEETMETER_DB\nThe store, where " +
          bold("--db") + " does not name one.\n.TP\n.B NO_COLOR\nNo colour, where " +
          bold("--color") + " does not ask for it.\n.SH FILES\n" + kFiles + ".SH EXIT STATUS\n" +
          exit_text(description.exit_codes);
  return page +
         ".SH SEE ALSO\n.BR fleetmeter\\-nightly (1),\n.BR sqlite3 (1),\n"
         ".BR systemd.timer (5)\n";
}

}  // namespace fleetmeter::cli
