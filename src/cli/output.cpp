#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>

#include "cli/arranged.hpp"
#include "cli/output_file.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::size_t kLongestLine = 4000;

/// Whether the answer goes into a file; `-` is standard output.
bool names_file(const std::optional<std::string>& output) {
  return output && *output != "-";
}

/// Gives `write` the stream of a place: a file's name, or `-`.
void to_place(const std::string& place, const std::function<void(std::ostream&)>& write) {
  try {
    if (place == "-") {
      OutputStream output(STDOUT_FILENO, "standard output");
      write(output.stream());
      output.stream().flush();
    } else {
      OutputFile file(place);
      write(file.stream());
      file.finish();
    }
  } catch (const OutputStream::ReaderGone&) {
    return;  // has seen enough, which is not a failure
  }
}

void to_place(const Options& options, const std::function<void(std::ostream&)>& write) {
  to_place(options.output.value_or("-"), write);
}

bool wants_color(const Options& options) {
  if (options.color == "always" || options.color == "never") {
    return options.color == "always";
  }
  if (options.color != "auto") {
    throw Error(ErrorKind::usage, "--color: auto, always or never (" + options.color + ")");
  }
  const char* no_color = std::getenv("NO_COLOR");
  return !names_file(options.output) && is_terminal(STDOUT_FILENO) &&
         (no_color == nullptr || *no_color == '\0');
}

/// A number of columns as COLUMNS says it. 0 when it says none.
std::size_t columns_said() {
  const char* const text = std::getenv("COLUMNS");
  const std::string_view digits = text == nullptr ? "" : text;
  std::size_t columns = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), columns);
  return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? columns : 0;
}

/// What --width says; else what COLUMNS says, which a shell exports only when it is told to; else
/// what the terminal has. Elsewhere there is no limit.
std::size_t table_width(const Options& options) {
  if (options.width || names_file(options.output)) {
    return options.width.value_or(0);
  }
  if (const std::size_t said = columns_said(); said > 0) {
    return said;
  }
  winsize size{};
  const bool is_known = is_terminal(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return is_known ? size.ws_col : 0;
}

FormatOptions looks_of(const Options& options) {
  return {.exact = options.exact,
          .color = wants_color(options),
          .csv_safe = options.csv_safe,
          .width = table_width(options),
          .upright = options.upright};
}

/// The format that a file's ending says. A pipe or a device needs none.
Format format_named_by(const std::string& path) {
  std::error_code failure;
  const auto there = std::filesystem::status(path, failure);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there)) {
    return Format::csv;
  }
  const std::string name = path.substr(path.find_last_of('/') + 1);
  const std::string extension = name.substr(name.find_last_of('.') + 1);
  try {
    return extension == "md"      ? Format::markdown
           : extension == "jsonl" ? Format::ndjson
           : extension == "txt"   ? Format::table
                                  : parse_format(extension);
  } catch (const Error&) {
    throw Error(ErrorKind::usage, "-o " + printable(path) +
                                      ": the ending of a name says the format, and this one says "
                                      "none; name it x.csv, say, or add --format");
  }
}

/// Bytes that are no text are not for a terminal.
void expect_place(const Options& options, Format format) {
  const bool is_text = format != Format::parquet && format != Format::xlsx;
  if (!is_text && !names_file(options.output) && is_terminal(STDOUT_FILENO)) {
    throw Error(ErrorKind::usage, std::string("--format ") +
                                      (format == Format::xlsx ? "xlsx" : "parquet") +
                                      ": not for a terminal; say where it goes (-o FILE)");
  }
}

}  // namespace

bool is_terminal(int descriptor) {
  return isatty(descriptor) == 1;
}

void say(const std::string& message) {
  // Line by line, so that the place under an SQL error stays, and data cannot move the cursor.
  std::cerr << "fleetmeter: ";
  for (std::size_t at = 0; at <= message.size();) {
    const std::size_t end = std::min(message.find('\n', at), message.size());
    std::cerr << printable(std::string_view(message).substr(at, end - at), kLongestLine) << '\n';
    at = end + 1;
  }
}

Format format_of(const Options& options) {
  if (options.format) {
    return parse_format(*options.format);
  }
  if (names_file(options.output)) {
    return format_named_by(*options.output);
  }
  return is_terminal(STDOUT_FILENO) ? Format::table : Format::csv;
}

void expect_format(const Options& options) {
  static_cast<void>(format_of(options));
}

void expect_own_place(const Options& options) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (!names_file(options.output) || !fs::is_regular_file(*options.output, failure)) {
    return;
  }
  const fs::path place = fs::weakly_canonical(*options.output, failure);
  const std::string ending = place.extension().string();
  const bool may_be_archive = ending == ".json" || ending == ".ndjson" || ending == ".jsonl" ||
                              ending == ".gz" || ending == ".zst";
  for (const std::string& path : options.used_paths) {
    const fs::path used = fs::weakly_canonical(path, failure);
    const auto [unlike, rest] = std::mismatch(used.begin(), used.end(), place.begin(), place.end());
    const bool lies_in_it =
        may_be_archive && fs::is_directory(used, failure) && unlike == used.end();
    if (lies_in_it || fs::equivalent(used, place, failure)) {
      throw Error(
          ErrorKind::usage,
          "-o " + *options.output + ": this command reads it; name another place for the answer");
    }
  }
}

void write_answer(const Options& options, const std::function<void(RowSink&)>& write) {
  const Format format = format_of(options);
  const FormatOptions how = looks_of(options);
  expect_place(options, format);
  to_place(options, [&](std::ostream& out) {
    const auto writer = make_writer(format, out, how);
    const Arrangement arrangement = arrangement_of(options);
    if (arrangement.changes_anything()) {
      Arranged arranged(*writer, arrangement);
      write(arranged);
    } else {
      write(*writer);
    }
  });
}

namespace {

const Section& section_called(const std::string& name, const std::vector<Section>& sections) {
  std::vector<std::string> names;
  std::string list;
  for (const Section& one : sections) {
    if (name == one.name) {
      return one;
    }
    names.emplace_back(one.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  throw Error(ErrorKind::usage, "--section: no such section (" + printable(name) + ")" +
                                    did_you_mean(name, names) + "; there are " + list);
}

/// Whether an answer of several tables is written whole.
bool shows_all(const Options& options) {
  const Format format = format_of(options);
  return options.section.empty() && (format == Format::table || format == Format::markdown ||
                                     format == Format::json || format == Format::xlsx);
}

}  // namespace

bool shows_section(const Options& options, std::string_view name, std::string_view main) {
  return shows_all(options) || (options.section.empty() ? main : options.section) == name;
}

void write_sections(const Options& options, const std::vector<Section>& sections,
                    const char* main) {
  const Format format = format_of(options);
  if (shows_all(options)) {
    if (arrangement_of(options).changes_anything()) {
      throw Error(ErrorKind::usage,
                  "--sort, --limit, --total: this answer has several tables; choose one, like "
                  "--section " +
                      std::string(main));
    }
    expect_place(options, format);
    const FormatOptions how = looks_of(options);
    to_place(options,
             [&](std::ostream& out) { fleetmeter::write_sections(format, out, sections, how); });
    return;
  }
  const Section& one = section_called(options.section.empty() ? main : options.section, sections);
  write_answer(options, [&](RowSink& sink) { one.table.give_to(sink); });
}

void write_file(const std::string& path, const std::string& text) {
  to_place(path, [&](std::ostream& out) { out << text; });
}

void write_text(const Options& options, const std::string& text) {
  to_place(options, [&](std::ostream& out) { out << text; });
}

}  // namespace fleetmeter::cli
