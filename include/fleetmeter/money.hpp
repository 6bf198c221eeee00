#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// The kinds of documents about money.
enum class MoneyKind { deployments, rates, policy, invoice };

/// What the user says beside a document, because the document does not say it itself.
struct MoneyGiven {
  std::optional<std::string> invoice_id;
  std::optional<std::string> month;     ///< `2024-11`
  std::optional<std::string> currency;  ///< ISO 4217
};

/// What became of one imported document.
struct MoneyReport {
  std::string source;
  std::string name;                   ///< of the card, policy or invoice
  std::size_t items = 0;              ///< deployments, rates, or lines in it
  bool is_new = false;                ///< false: known already, or refused
  std::vector<std::string> problems;  ///< where and what; a document that is refused is kept
  std::vector<std::string> remarks;   ///< what the user should know of one that was taken
  int error_code = 0;                 ///< the exit code that fits them; 0 when there are none

  static const std::vector<Column<MoneyReport>>& columns();
};

/// At which prices, and by which rules, usage becomes money.
struct Pricing {
  std::optional<std::string> rates;  ///< a rate card; absent: the only one that was imported
  std::string policy = "standard";
  std::optional<std::string> tz;  ///< zone of billing months; absent: the policy's
};

}  // namespace fleetmeter
