#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/decimal.hpp"
#include "model/record.hpp"

namespace fleetmeter::model {

/// What a line of an invoice is about.
enum class LineKind { compute, egress, other, discount, credit, tax };

/// One line of an invoice, as it was written.
struct InvoiceLine {
  LineKind kind = LineKind::other;
  std::string description;  ///< the vendor's product name
  std::string unit;         ///< as it was written: `vCPU hours`, `GB`
  std::optional<Decimal> quantity;
  std::optional<Decimal> unit_price;
  std::optional<Decimal> amount;    ///< without the line's own discount
  std::optional<Decimal> discount;  ///< taken off the amount, at least 0
  // What it is about alone, where it says so; absent: it is about all.
  std::optional<std::string> app_id;
  std::optional<std::string> deployment_id;
  std::optional<std::string> region;
};

/// What the vendor wants for a month: a sum, lines, or both. A note that corrects an invoice is one,
/// too. One that is imported again is a new version of it.
struct Invoice {
  std::string invoice_id;
  std::string status;  ///< the vendor's word, "" for none
  std::string currency = "USD";
  std::optional<std::string> month;  ///< `2024-11`; absent: the document names none
  std::optional<Decimal> amount_due;
  Instant due_at_ms;
  std::optional<std::string> corrects;  ///< the invoice that this note is about
  bool takes_off = false;               ///< a credit note: amounts above 0 are taken off
  std::vector<InvoiceLine> lines;
};

}  // namespace fleetmeter::model
