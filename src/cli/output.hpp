#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// Gives `write` a sink for the answer: standard output, or the place of -o (see OutputFile).
void write_answer(const Options& options, const std::function<void(RowSink&)>& write);

/// Whether write_sections() would write this part.
[[nodiscard]] bool shows_section(const Options& options, std::string_view name,
                                 std::string_view main);

/// Writes the part that --section names. Without it, writes all of them: below their names in a
/// table and in Markdown, as members of one object in JSON. Formats that hold one table only get
/// the part called `main`. Throws Error(usage) on an unknown name.
void write_sections(const Options& options, const std::vector<Section>& sections, const char* main);

/// The same for text that is not rows.
void write_text(const Options& options, const std::string& text);

/// Writes a text to a place as -o does; `-` is standard output.
void write_file(const std::string& path, const std::string& text);

/// The format that applies: --format, else the extension of -o, else table on a terminal and csv
/// elsewhere.
[[nodiscard]] Format format_of(const Options& options);

/// Finds a mistake in it before anything is stored.
void expect_format(const Options& options);

/// Throws Error(usage) when -o would replace what the command reads: a file that the command line
/// names, or an archive in a folder that it names.
void expect_own_place(const Options& options);

/// One line to standard error.
void say(const std::string& message);

[[nodiscard]] bool is_terminal(int descriptor);

}  // namespace fleetmeter::cli
