#pragma once

#include <functional>
#include <string>

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// Gives `write` a sink for the answer: standard output, or the file of -o, which appears whole
/// (temporary file, fsync, rename) or not at all.
void write_answer(const Options& options, const std::function<void(RowSink&)>& write);

/// The same for text that is not rows.
void write_text(const Options& options, const std::string& text);

/// The format that applies: --format, else the extension of -o, else table on a terminal and csv
/// elsewhere.
[[nodiscard]] Format format_of(const Options& options);

/// One line to standard error.
void say(const std::string& message);

[[nodiscard]] bool is_terminal(int descriptor);

}  // namespace fleetmeter::cli
