// The columns of the answers that settle/ gives.

#include "fleetmeter/cost.hpp"
#include "fleetmeter/reconciliation.hpp"

namespace fleetmeter {

namespace {

using Value = std::optional<Bounded<Decimal>>;

Cell point(const Value& value) {
  return value ? Cell(value->point) : Cell(nullptr);
}
Cell lo(const Value& value) {
  return value ? Cell(value->lo) : Cell(nullptr);
}
Cell hi(const Value& value) {
  return value ? Cell(value->hi) : Cell(nullptr);
}

/// Whole numbers of bytes are written as integers.
Cell exact(const ReconciliationContributor& one, const Decimal& value) {
  return one.metered_unit == "bytes" ? Cell(value.digits()) : Cell(value);
}

}  // namespace

const std::vector<Column<CostRow>>& CostRow::columns() {
  using Row = CostRow;
  static const std::vector<Column<Row>> kColumns{
      {"product", "compute or egress", [](const Row& row) -> Cell { return row.product; }},
      {"quantity", "in unit; empty when unmetered",
       [](const Row& row) -> Cell { return point(row.quantity); }},
      {"quantity_lo", "at least", [](const Row& row) -> Cell { return lo(row.quantity); }},
      {"quantity_hi", "at most", [](const Row& row) -> Cell { return hi(row.quantity); }},
      {"unit", "", [](const Row& row) -> Cell { return row.unit; }},
      {"unit_price", "empty when it has tiers, or there is none",
       [](const Row& row) { return cell_of(row.unit_price); }},
      {"amount", "empty without a price", [](const Row& row) -> Cell { return point(row.amount); }},
      {"amount_lo", "at least", [](const Row& row) -> Cell { return lo(row.amount); }},
      {"amount_hi", "at most", [](const Row& row) -> Cell { return hi(row.amount); }},
      {"currency", "", [](const Row& row) -> Cell { return row.currency; }},
      {"status", "rated, rounding, no_deployment, no_price or unmetered",
       [](const Row& row) -> Cell { return std::string(status_name(row.status)); }},
      {"processes", "counted once in each billing month",
       [](const Row& row) -> Cell { return row.processes; }},
      {"open_processes", "may have sent more than anybody read",
       [](const Row& row) -> Cell { return row.open_processes; }},
      {"metered", "the exact quantity, in metered_unit",
       [](const Row& row) -> Cell { return point(row.metered); }},
      {"metered_lo", "at least", [](const Row& row) -> Cell { return lo(row.metered); }},
      {"metered_hi", "at most", [](const Row& row) -> Cell { return hi(row.metered); }},
      {"metered_unit", "vcpu_ms, ms or bytes",
       [](const Row& row) -> Cell { return row.metered_unit; }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationFact>>& ReconciliationFact::columns() {
  using Row = ReconciliationFact;
  static const std::vector<Column<Row>> kColumns{
      {"name", "", [](const Row& row) -> Cell { return row.name; }},
      {"value", "", [](const Row& row) -> Cell { return row.value; }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationLine>>& ReconciliationLine::columns() {
  using Row = ReconciliationLine;
  static const std::vector<Column<Row>> kColumns{
      {"product", "compute, egress, other or total",
       [](const Row& row) -> Cell { return row.product; }},
      {"unit", "empty when not all is counted in one",
       [](const Row& row) { return cell_of(row.unit); }},
      {"quantity_invoiced", "as it is written",
       [](const Row& row) { return cell_of(row.quantity_invoiced); }},
      {"quantity", "metered", [](const Row& row) -> Cell { return point(row.quantity); }},
      {"quantity_lo", "at least", [](const Row& row) -> Cell { return lo(row.quantity); }},
      {"quantity_hi", "at most", [](const Row& row) -> Cell { return hi(row.quantity); }},
      {"quantity_variance", "invoiced less metered",
       [](const Row& row) { return cell_of(row.quantity_variance); }},
      {"unit_price", "of the contract", [](const Row& row) { return cell_of(row.unit_price); }},
      {"unit_price_invoiced", "", [](const Row& row) { return cell_of(row.unit_price_invoiced); }},
      {"price_variance", "what the other price makes of the quantity",
       [](const Row& row) { return cell_of(row.price_variance); }},
      {"amount_invoiced", "", [](const Row& row) { return cell_of(row.amount_invoiced); }},
      {"amount", "metered, by the contract",
       [](const Row& row) -> Cell { return point(row.amount); }},
      {"amount_lo", "at least", [](const Row& row) -> Cell { return lo(row.amount); }},
      {"amount_hi", "at most", [](const Row& row) -> Cell { return hi(row.amount); }},
      {"variance", "invoiced less metered", [](const Row& row) { return cell_of(row.variance); }},
      {"tolerance", "what the FOCUS specification lets pass",
       [](const Row& row) { return cell_of(row.tolerance); }},
      {"own_tolerance", "what rounding the invoice's lines can make",
       [](const Row& row) { return cell_of(row.own_tolerance); }},
      {"status", "the verdict",
       [](const Row& row) -> Cell { return std::string(verdict_name(row.status)); }},
      {"explained_by", "by which other reading the vendor's figure comes out",
       [](const Row& row) -> Cell { return row.explained_by; }},
      {"open_processes", "of which more can be billed than the bounds hold",
       [](const Row& row) -> Cell { return row.open_processes; }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationStep>>& ReconciliationStep::columns() {
  using Row = ReconciliationStep;
  static const std::vector<Column<Row>> kColumns{
      {"product", "empty for the whole invoice",
       [](const Row& row) -> Cell { return row.product; }},
      {"step", "", [](const Row& row) -> Cell { return row.step; }},
      {"amount", "what the step adds", [](const Row& row) -> Cell { return row.amount; }},
      {"balance", "that of the step before, and the amount",
       [](const Row& row) -> Cell { return row.balance; }},
      {"note", "", [](const Row& row) -> Cell { return row.note; }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationPolicy>>& ReconciliationPolicy::columns() {
  using Row = ReconciliationPolicy;
  static const std::vector<Column<Row>> kColumns{
      {"product", "", [](const Row& row) -> Cell { return row.product; }},
      {"fit", "exact, within bounds or nearest", [](const Row& row) -> Cell { return row.fit; }},
      {"policy", "how the vendor may have counted",
       [](const Row& row) -> Cell { return row.policy; }},
      {"differences", "in how many ways it differs from the contract",
       [](const Row& row) -> Cell { return row.differences; }},
      {"amount", "", [](const Row& row) -> Cell { return row.amount; }},
      {"variance", "invoiced less that", [](const Row& row) { return cell_of(row.variance); }},
      {"fitting", "how many fit as well", [](const Row& row) -> Cell { return row.fitting; }},
      {"tried", "", [](const Row& row) -> Cell { return row.tried; }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationContributor>>& ReconciliationContributor::columns() {
  using Row = ReconciliationContributor;
  static const std::vector<Column<Row>> kColumns{
      {"product", "", [](const Row& row) -> Cell { return row.product; }},
      {"process_id", "", [](const Row& row) -> Cell { return row.process_id; }},
      {"app_id", "", [](const Row& row) -> Cell { return row.app_id; }},
      {"deployment_id", "", [](const Row& row) -> Cell { return row.deployment_id; }},
      {"region", "", [](const Row& row) -> Cell { return row.region; }},
      {"flag", "why its own numbers are not sure; empty when they are",
       [](const Row& row) -> Cell { return row.flag; }},
      {"metered", "in metered_unit",
       [](const Row& row) -> Cell { return exact(row, row.metered.point); }},
      {"metered_lo", "at least", [](const Row& row) -> Cell { return exact(row, row.metered.lo); }},
      {"metered_hi", "at most", [](const Row& row) -> Cell { return exact(row, row.metered.hi); }},
      {"metered_unit", "vcpu_ms, ms or bytes",
       [](const Row& row) -> Cell { return row.metered_unit; }},
      {"command", "shows its evidence", [](const Row& row) -> Cell { return row.command; }},
  };
  return kColumns;
}

const char* status_name(CostRow::Status status) {
  switch (status) {
    case CostRow::Status::rated:
      return "rated";
    case CostRow::Status::rounding:
      return "rounding";
    case CostRow::Status::no_deployment:
      return "no_deployment";
    case CostRow::Status::no_price:
      return "no_price";
    case CostRow::Status::unmetered:
      break;
  }
  return "unmetered";
}

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::match:
      return "MATCH";
    case Verdict::overbilled:
      return "OVERBILLED";
    case Verdict::underbilled:
      return "UNDERBILLED";
    case Verdict::within_tolerance:
      return "WITHIN_TOLERANCE";
    case Verdict::explained:
      return "EXPLAINED";
    case Verdict::unbounded:
      return "UNBOUNDED";
    case Verdict::within_bounds:
      return "WITHIN_BOUNDS";
    case Verdict::not_on_invoice:
      return "NOT_ON_INVOICE";
    case Verdict::not_metered:
      break;
  }
  return "NOT_METERED";
}

bool can_stand(Verdict verdict) {
  return verdict == Verdict::match || verdict == Verdict::within_tolerance ||
         verdict == Verdict::within_bounds || verdict == Verdict::unbounded;
}

}  // namespace fleetmeter
