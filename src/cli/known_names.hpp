#pragma once

#include <string>

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// The question as a store can answer it. Ids of apps and processes that are shortened, as tables
/// shorten them, are made whole. What the store does not hold is told on standard error, with the
/// nearest names; it stays in the question, whose answer is empty then. Throws Error(usage) when
/// several ids begin alike.
[[nodiscard]] Question with_known_names(Question question, const Store& store);
[[nodiscard]] Question with_known_names(Question question, const Stores& stores);

/// The id of the one process whose id begins so; the text itself when there is none. Throws
/// Error(usage) when there are several.
[[nodiscard]] std::string process_called(const std::string& option, const std::string& begin,
                                         const Store& store);

/// Tells on standard error when nothing is known of the question's window.
void tell_of_window(const Question& question, const Store& store);
void tell_of_window(const Question& question, const Stores& stores);

}  // namespace fleetmeter::cli
