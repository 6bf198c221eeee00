#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decode/money_fields.hpp"
#include "model/deployment.hpp"
#include "model/invoice.hpp"
#include "model/policy.hpp"
#include "model/rate_card.hpp"

namespace fleetmeter::decode {

/// What the user said beside a document, because the document does not.
struct Given {
  std::optional<std::string> invoice_id;
  std::optional<std::string> month;  ///< `2024-11`
  std::optional<std::string> currency;
};

/// What a document about money holds, and all that is wrong in it.
template <class Item>
struct MoneyDocument {
  std::vector<Item> items;
  std::vector<Problem> problems;
};

/// Each of these reads JSON or, when the text does not begin like JSON, CSV. A text that is neither
/// throws Error(data).

/// Deployments as the vendor lists them (an array, `{"deployments": [...]}`, or one), or a CSV of
/// them. What has a problem is left out; the others are read.
[[nodiscard]] MoneyDocument<model::Deployment> read_deployments(std::string_view bytes);

/// Rate cards, in the formats that docs/money.md describes. A card with a problem is left out.
[[nodiscard]] MoneyDocument<model::RateCard> read_rate_cards(std::string_view bytes);

/// A policy, in the format that docs/money.md describes; none when it has a problem.
[[nodiscard]] MoneyDocument<model::Policy> read_policy(std::string_view bytes);

/// Invoices: the vendor's Invoice, one or an array; its InvoiceItems, an array or a page; its usage
/// limits; or a CSV of lines. An invoice with a problem is left out.
[[nodiscard]] MoneyDocument<model::Invoice> read_invoices(std::string_view bytes,
                                                          const Given& given);

/// What a line is about, told by the vendor's name and unit.
[[nodiscard]] model::LineKind line_kind(std::string_view description, std::string_view unit);

/// The word that line_kind() goes by; "" when there is none.
[[nodiscard]] std::string_view line_word(std::string_view description, std::string_view unit);

/// The tree of a text: JSON when it begins with a bracket or a brace, else CSV.
[[nodiscard]] JsonTree read_money(std::string_view bytes);

}  // namespace fleetmeter::decode
