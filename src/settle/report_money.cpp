#include "settle/report_money.hpp"

#include <tuple>
#include <utility>

#include "base/sha256.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "settle/cost.hpp"
#include "settle/documents.hpp"
#include "settle/invoice_lines.hpp"
#include "settle/reconcile.hpp"

namespace fleetmeter::settle {

namespace {

using report::CostOf;

constexpr std::size_t kApp = 0;
constexpr std::size_t kRegion = 1;
constexpr std::size_t kDeployment = 2;

void add(CostOf& sum, const CostRow& row) {
  sum.open_processes += row.open_processes;
  if (row.amount) {
    (row.product == "compute" ? sum.compute : sum.egress) += Bounded<Int128>{
        row.amount->point.digits(), row.amount->lo.digits(), row.amount->hi.digits()};
  }
}

Bounded<Int128> together(const CostOf& cost) {
  return cost.compute + cost.egress;
}

/// The parts that cost most, and all others as one.
template <class Key>
std::vector<CostOf> dearest(std::map<Key, CostOf> costs) {
  std::vector<CostOf> all;
  all.reserve(costs.size());
  for (auto& [key, one] : costs) {
    all.push_back(std::move(one));
  }
  return report::largest(std::move(all), report::kMostShown, [](const CostOf& a, const CostOf& b) {
    return std::tuple(together(b).point, std::tie(a.app_id, a.name)) <
           std::tuple(together(a).point, std::tie(b.app_id, b.name));
  });
}

/// Gathers rows of `cost --by app,region,deployment` under the places that they are about.
void sum_up(const std::vector<CostRow>& rows, report::Money& money) {
  std::map<std::string, CostOf> regions;
  std::map<std::pair<std::string, std::string>, CostOf> deployments;
  std::map<std::string, std::int64_t> unpriced;
  for (const CostRow& row : rows) {
    add(money.total, row);
    if (row.status == CostRow::Status::rounding) {
      add(money.rounding ? *money.rounding : money.rounding.emplace(), row);
      continue;
    }
    if (!row.amount) {
      unpriced[status_name(row.status)] += row.processes;
    }
    CostOf& region = regions[row.group[kRegion]];
    region.name = row.group[kRegion];
    add(region, row);
    CostOf& deployment = deployments[{row.group[kApp], row.group[kDeployment]}];
    deployment.app_id = row.group[kApp];
    deployment.name = row.group[kDeployment];
    add(deployment, row);
  }
  if (money.rounding && money.rounding->compute == Bounded<Int128>() &&
      money.rounding->egress == Bounded<Int128>()) {
    money.rounding.reset();
  }
  money.regions = dearest(std::move(regions));
  money.deployments = dearest(std::move(deployments));
  for (const auto& [status, processes] : unpriced) {
    money.unpriced.push_back({status, processes});
  }
}

}  // namespace

ReportMoney::ReportMoney(const Pricing& pricing, const std::vector<std::string>& invoice_ids,
                         SQLite::Database& db, store::Reader& reader)
    : terms_([&] {
        store::PriceReader prices(db);
        return find_terms(pricing, prices);
      }()),
      command_(" --rates " + shell_word(terms_.book.card().name) +
               (terms_.policy.name == Pricing().policy
                    ? ""
                    : " --policy " + shell_word(terms_.policy.name))),
      db_(db),
      reader_(reader),
      prices_(db) {
  for (const std::string& invoice_id : with_corrections("report", invoice_ids, prices_)) {
    const auto month = find_invoice("report", invoice_id, prices_).invoice.month;
    if (!month) {
      throw Error(ErrorKind::usage, "report: invoice " + printable(invoice_id) +
                                        " names no month; import it again with " +
                                        spelled(Term::month));
    }
    invoices_[*month].push_back(invoice_id);
  }
}

std::vector<std::string> ReportMoney::invoices_of(const report::Period& period) const {
  const auto found = invoices_.find(period.label);
  return found == invoices_.end() ? std::vector<std::string>() : found->second;
}

std::string ReportMoney::digest(const report::Period& period) const {
  std::string all;
  for (const report::LetterDocument& one : documents_of(invoices_of(period), terms_, db_)) {
    all += one.kind + '\n' + one.name + '\n' + one.sha256 + '\n';
  }
  return base::to_hex(base::as_bytes(base::sha256(all)));
}

report::InvoiceSaid ReportMoney::said_of(const std::vector<std::string>& invoice_ids,
                                         const Question& question) {
  ReconcileGiven given;
  given.contributors = false;
  const Reconciliation said = reconcile(invoice_ids, question, terms_, given, reader_, prices_);
  return {invoice_ids, said.sentence, verdict_name(said.verdict), to_text(said.at_stake),
          table_of(said.lines)};
}

report::Money ReportMoney::money(const report::Period& period, const Question& question,
                                 const Question* before) {
  Question by_place = question;
  by_place.by = {GroupBy::app, GroupBy::region, GroupBy::deployment};
  const std::vector<CostRow> rows = cost(by_place, terms_, reader_);
  report::Money money;
  money.rates = terms_.book.card().name;
  money.policy = terms_.policy.name;
  money.summary = terms_.policy.summary;
  money.currency = terms_.book.card().currency;
  money.minor_digits = terms_.book.card().minor_digits;
  money.digest = digest(period);
  money.command = command_;
  sum_up(rows, money);
  give(by_place, rows, money.cost);
  if (before != nullptr) {
    CostOf total;
    for (const CostRow& row : cost(*before, terms_, reader_)) {
      add(total, row);
    }
    money.before = together(total).point;
  }
  if (const auto invoice_ids = invoices_of(period); !invoice_ids.empty()) {
    money.invoice = said_of(invoice_ids, question);
  }
  return money;
}

}  // namespace fleetmeter::settle
