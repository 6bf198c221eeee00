#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetmeter/money.hpp"
#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "settle/terms.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What periods cost, for reports, at the prices and by the rules that were asked for.
class ReportMoney {
 public:
  /// Throws Error(usage) when a name is unknown or left open, Error(no_input) when there is no such
  /// invoice, Error(usage) when an invoice names no month.
  ReportMoney(const Pricing& pricing, const std::vector<std::string>& invoice_ids,
              SQLite::Database& db, store::Reader& reader);

  /// The months of the invoices.
  [[nodiscard]] const std::map<std::string, std::vector<std::string>>& invoices() const {
    return invoices_;
  }

  // By their names.
  [[nodiscard]] const std::string& rates() const { return terms_.book.card().name; }
  [[nodiscard]] const std::string& policy() const { return terms_.policy.name; }

  /// Of the documents that a report of the period rests on; report::Money::digest.
  [[nodiscard]] std::string digest(const report::Period& period) const;

  /// `question` has the window of the period, and no groups; `before` that of the period before, or
  /// is null when the two are not compared.
  [[nodiscard]] report::Money money(const report::Period& period, const Question& question,
                                    const Question* before);

 private:
  [[nodiscard]] std::vector<std::string> invoices_of(const report::Period& period) const;
  [[nodiscard]] report::InvoiceSaid said_of(const std::vector<std::string>& invoice_ids,
                                            const Question& question);

  Terms terms_;
  std::string command_;
  SQLite::Database& db_;
  store::Reader& reader_;
  store::PriceReader prices_;
  std::map<std::string, std::vector<std::string>> invoices_;  ///< by month
};

}  // namespace fleetmeter::settle
