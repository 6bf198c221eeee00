#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What can be said of an invoiced amount, when it is compared with what was metered.
enum class Verdict {
  match,             ///< price, quantity and amount agree, each as closely as rounding can make
  wrong_price,       ///< charged at a unit price that the contract does not have
  bad_arithmetic,    ///< quantity times price is not the amount; or a tax is not its rate
  duplicate,         ///< a line stands there twice
  not_itemised,      ///< the sum due is not what the lines come to
  overbilled,        ///< above the upper bound
  underbilled,       ///< below the lower bound
  within_tolerance,  ///< off by no more than rounding can make
  explained,         ///< another reading of the contract gives exactly this
  unbounded,         ///< above what was seen, where nothing bounds it
  within_bounds,     ///< nothing better fits, and nothing speaks against it
  not_on_invoice,    ///< metered, and not invoiced
  not_metered,       ///< invoiced, and nothing of it was metered
  stated,            ///< the invoice says so, and nothing here speaks for it or against it
};

/// A verdict as it is written in answers: MATCH, OVERBILLED …
[[nodiscard]] const char* verdict_name(Verdict verdict);

/// Whether an invoice can stand with this verdict.
[[nodiscard]] bool can_stand(Verdict verdict);

/// A fact about what was compared.
struct ReconciliationFact {
  std::string name;
  std::string value;

  static const std::vector<Column<ReconciliationFact>>& columns();
};

/// A share in percent, or an amount of money.
struct ShareOrAmount {
  Decimal value;
  bool is_percent = false;

  /// Reads `19%` or `4.20`. Absent when the text is neither, or below 0.
  [[nodiscard]] static std::optional<ShareOrAmount> parse(std::string_view text);
};

/// What the user says beside an invoice.
struct ReconcileGiven {
  std::optional<ShareOrAmount> tax;        ///< that is due on it; absent: what it says stands
  std::optional<ShareOrAmount> tolerance;  ///< that lets an amount pass, beside FOCUS's
  bool ask = false;                        ///< also gives the facts to ask the vendor for
  bool contributors = true;                ///< gives these, for which every process is read again
};

/// One product of an invoice, something else that it says, or its sum, beside what was metered.
struct ReconciliationLine {
  /// compute, egress, other, tax, discount, credit, not itemised, due or total
  std::string product;
  std::optional<std::string> unit;           ///< absent when not all is counted in one
  std::optional<Decimal> quantity_invoiced;  ///< as it is written
  std::optional<Bounded<Decimal>> quantity;  ///< metered, 6 decimals
  std::optional<Decimal> quantity_variance;  ///< invoiced less metered
  std::optional<Decimal> unit_price;         ///< of the contract
  std::optional<Decimal> unit_price_invoiced;
  std::optional<Decimal> price_variance;  ///< what the other price makes of the quantity
  std::optional<Decimal> amount_invoiced;
  std::optional<Bounded<Decimal>> amount;  ///< metered, by the contract
  std::optional<Decimal> variance;         ///< invoiced less metered
  std::optional<Decimal> tolerance;        ///< FOCUS's, of amounts
  std::optional<Decimal> own_tolerance;    ///< what rounding the invoice's lines can make
  Verdict status = Verdict::match;
  std::string explained_by;         ///< by which other reading the vendor's figure comes out
  std::int64_t open_processes = 0;  ///< of which more can be billed than the bounds hold
  // What these lines of the invoice are about alone; absent: it is the sum of the product's lines.
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
  bool is_part = false;     ///< of the product's row: of one place, or at one of several prices
  std::string description;  ///< the vendor's words for it, where it is one line
  std::optional<Decimal> unit_price_of_quantity;  ///< the amount by the invoice's own quantity
  std::optional<Decimal> unit_price_of_metered;   ///< the amount by the metered quantity

  static const std::vector<Column<ReconciliationLine>>& columns();
};

/// A step from what was invoiced to what was metered.
struct ReconciliationStep {
  std::string product;  ///< "" for the whole invoice
  std::string step;
  Decimal amount;
  Decimal balance;  ///< that of the step before, and the amount
  std::string note;

  static const std::vector<Column<ReconciliationStep>>& columns();
};

/// A way in which the vendor may have counted.
struct ReconciliationPolicy {
  std::string product;
  std::string fit;  ///< exact, within bounds or nearest
  std::string policy;
  std::int64_t differences = 0;  ///< in how many ways it differs from the contract
  Decimal amount;
  std::optional<Decimal> variance;  ///< invoiced less that
  std::int64_t fitting = 0;         ///< how many fit as well
  std::int64_t tried = 0;
  /// How many of the readings that differ in as little would fit a figure drawn at random, 3
  /// decimals; absent for a sum.
  std::optional<Decimal> accidents;

  static const std::vector<Column<ReconciliationPolicy>>& columns();
};

/// A process on which much of the bill hangs.
struct ReconciliationContributor {
  std::string product;
  std::string process_id;
  std::string app_id;
  std::string deployment_id;
  std::string region;
  std::string flag;  ///< why its own numbers are not sure; "" when they are
  Bounded<Decimal> metered;
  std::string metered_unit;  ///< vcpu_ms, ms or bytes
  std::string command;       ///< that shows its evidence

  static const std::vector<Column<ReconciliationContributor>>& columns();
};

/// A fact that the vendor knows and the archive does not, and what it would decide.
struct ReconciliationFactAsked {
  std::string product;
  std::string process_id;           ///< "" when it is about no process
  std::string fact;                 ///< what is asked
  std::optional<Decimal> removes;   ///< from between the bounds; absent: nothing bounds it
  Decimal remaining;                ///< between the bounds, once this and all above are told
  std::int64_t open_processes = 0;  ///< then, that nothing bounds
  Verdict verdict_if_least = Verdict::match;  ///< if all told so far come out at their least
  Verdict verdict_if_most = Verdict::match;   ///< or at their most

  static const std::vector<Column<ReconciliationFactAsked>>& columns();
};

/// An invoice of the vendor, compared with the store. Amounts are exact decimals in the invoice's
/// currency.
struct Reconciliation {
  std::vector<ReconciliationFact> header;
  std::vector<ReconciliationLine> lines;
  /// From invoiced to metered.
  std::vector<ReconciliationStep> waterfall;
  /// The readings that explain a product to the smallest unit, beginning with those that differ
  /// least from the contract. When there is none, those within whose bounds it lies, or else the
  /// nearest.
  std::vector<ReconciliationPolicy> policies;
  /// The processes that could account for most of what is left.
  std::vector<ReconciliationContributor> contributors;
  /// What to ask the vendor, if that was asked for: what decides most first.
  std::vector<ReconciliationFactAsked> facts;
  bool agrees = false;               ///< every line can stand, and all usage has a price
  Verdict verdict = Verdict::match;  ///< the gravest of the lines
  Decimal at_stake;                  ///< how much of the invoice the verdicts put in question
  std::string sentence;              ///< both in words
};

/// What there is to say of one invoice of a year, at a glance. Where a month has several they are
/// compared together, and each says what was said of all.
struct InvoiceVerdict {
  std::string invoice_id;
  std::string month;
  std::string currency;
  std::optional<Decimal> amount_invoiced;  ///< the sum due, else what its lines come to
  std::optional<Bounded<Decimal>> amount;  ///< metered in the month, by the contract
  std::optional<Verdict> verdict;          ///< absent: it could not be compared
  std::optional<Decimal> at_stake;
  std::string sentence;
  std::string together_with;  ///< the other invoices of its month

  static const std::vector<Column<InvoiceVerdict>>& columns();
};

}  // namespace fleetmeter
