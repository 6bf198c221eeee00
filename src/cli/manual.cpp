#include <algorithm>
#include <cctype>

#include "cli/description.hpp"
#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

namespace {

/// Text as roff: its own signs escaped, no line that begins with a point.
std::string roff(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else if ((c == '.' || c == '\'') && (escaped.empty() || escaped.back() == '\n')) {
      escaped += std::string("\\&") + c;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string options_of(const std::vector<OptionDescription>& options) {
  std::string all;
  for (const OptionDescription& option : options) {
    all += ".TP\n";
    std::string names;
    for (const std::string& name : option.names) {
      names += (names.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
    }
    all += names + (option.value.empty() ? "" : " \\fI" + roff(option.value) + "\\fR") + '\n' +
           roff(option.help) + '\n';
  }
  return all;
}

}  // namespace

std::string manual(const Description& description) {
  std::string page = ".TH FLEETMETER 1 \"\" \"fleetmeter " + version() +
                     "\" \"User Commands\"\n.SH NAME\nfleetmeter \\- " + roff(description.about) +
                     "\n.SH SYNOPSIS\n.B fleetmeter\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n"
                     ".SH COMMON OPTIONS\nAccepted before and after the command's name.\n" +
                     options_of(description.common);
  for (const CommandDescription& command : description.commands) {
    page += ".SH " + upper(command.name) + "\n.B fleetmeter " + command.name + '\n';
    for (const std::string& positional : command.positionals) {
      page += "\\fI" + roff(positional) + "\\fR\n";
    }
    page += ".PP\n" + roff(command.help) + ".\n" + roff(command.gives) + '\n' +
            options_of(command.options);
  }
  return page + ".SH EXIT STATUS\n.nf\n" + roff(description.exit_codes) +
         "\n.fi\n.SH ENVIRONMENT\n.TP\n.B FLEETMETER_DB\nThe store, where \\fB\\-\\-db\\fR does "
         "not "
         "name one.\n.TP\n.B NO_COLOR\nNo colour, where \\fB\\-\\-color\\fR does not ask for it.\n";
}

}  // namespace fleetmeter::cli
