#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "cli/description.hpp"

namespace fleetmeter::cli {

/// A word that may stand at the cursor, and what it means.
struct Offer {
  std::string word;
  std::string meaning;
};

/// What is due at the cursor.
struct Due {
  std::vector<Offer> offers;
  const char* places = "";  ///< `:files`, `:folders` or ""
  bool is_list = false;     ///< a comma list: only its last part is completed
};

[[nodiscard]] Due words(std::initializer_list<const char*> all);
[[nodiscard]] Due files();
[[nodiscard]] Due query_names();
/// What --sort can name in the answer of a command; of a named query, when it is the first
/// argument.
[[nodiscard]] Due columns_of_answer(const std::string& command,
                                    const std::vector<std::string>& arguments);
[[nodiscard]] Due command_names(const Description& description);

/// The invoices that a store knows; none where there is no store.
[[nodiscard]] Due invoices(const std::string& store);

/// What the value of an option may be. Of a time or a number, say, nothing is offered.
[[nodiscard]] Due value_of(const OptionDescription& option, const std::string& store);

}  // namespace fleetmeter::cli
