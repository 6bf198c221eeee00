// The columns of the answers that settle/ gives.

#include "fleetmeter/compared_table.hpp"
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
      Field<&Row::product>{"product", "compute or egress"},
      {"quantity", "in unit; empty when unmetered",
       [](const Row& row) -> Cell { return point(row.quantity); }, CellKind::decimal},
      {"quantity_lo", "at least", [](const Row& row) -> Cell { return lo(row.quantity); },
       CellKind::decimal},
      {"quantity_hi", "at most", [](const Row& row) -> Cell { return hi(row.quantity); },
       CellKind::decimal},
      Field<&Row::unit>{"unit", ""},
      Field<&Row::unit_price>{"unit_price", "empty when it has tiers, or there is none"},
      {"amount", "empty without a price", [](const Row& row) -> Cell { return point(row.amount); },
       CellKind::decimal},
      {"amount_lo", "at least", [](const Row& row) -> Cell { return lo(row.amount); },
       CellKind::decimal},
      {"amount_hi", "at most", [](const Row& row) -> Cell { return hi(row.amount); },
       CellKind::decimal},
      Field<&Row::currency>{"currency", ""},
      {"status", "rated, idle, unlisted, rounding, no_deployment, no_price or unmetered",
       [](const Row& row) -> Cell { return std::string(status_name(row.status)); }},
      Field<&Row::processes>{"processes", "counted once in each billing month"},
      Field<&Row::open_processes>{"open_processes", "may have sent more than anybody read"},
      {"metered", "the exact quantity, in metered_unit",
       [](const Row& row) -> Cell { return point(row.metered); }, CellKind::decimal},
      {"metered_lo", "at least", [](const Row& row) -> Cell { return lo(row.metered); },
       CellKind::decimal},
      {"metered_hi", "at most", [](const Row& row) -> Cell { return hi(row.metered); },
       CellKind::decimal},
      Field<&Row::metered_unit>{"metered_unit", "vcpu_ms, ms or bytes"},
  };
  return kColumns;
}

const std::vector<Column<ComparedCell>>& ComparedCell::columns() {
  using Row = ComparedCell;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::line>{"line", "of the file; empty: it has no such row"},
      Field<&Row::column>{"column", "of the file, as it is called there"},
      Field<&Row::value>{"value", "as it was written"},
      {"metered", "in the unit of the column",
       [](const Row& row) -> Cell { return row.metered.point; }},
      {"metered_lo", "at least", [](const Row& row) -> Cell { return row.metered.lo; }},
      {"metered_hi", "at most", [](const Row& row) -> Cell { return row.metered.hi; }},
      {"status", "inside, above, below, open, repeated or missing",
       [](const Row& row) -> Cell { return std::string(status_name(row.status)); }},
      Field<&Row::off>{"off", "how far it lies outside the bounds"},
  };
  return kColumns;
}

const char* status_name(ComparedCell::Status status) {
  switch (status) {
    case ComparedCell::Status::inside:
      return "inside";
    case ComparedCell::Status::above:
      return "above";
    case ComparedCell::Status::below:
      return "below";
    case ComparedCell::Status::open:
      return "open";
    case ComparedCell::Status::repeated:
      return "repeated";
    case ComparedCell::Status::missing:
      break;
  }
  return "missing";
}

const std::vector<Column<ReconciliationFact>>& ReconciliationFact::columns() {
  using Row = ReconciliationFact;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::name>{"name", ""},
      Field<&Row::value>{"value", ""},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationLine>>& ReconciliationLine::columns() {
  using Row = ReconciliationLine;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::product>{"product",
                           "compute, egress, other, tax, discount, credit, not itemised, due or "
                           "total"},
      Field<&Row::unit>{"unit", "empty when not all is counted in one"},
      Field<&Row::quantity_invoiced>{"quantity_invoiced", "as it is written"},
      {"quantity", "metered", [](const Row& row) -> Cell { return point(row.quantity); },
       CellKind::decimal},
      {"quantity_lo", "at least", [](const Row& row) -> Cell { return lo(row.quantity); },
       CellKind::decimal},
      {"quantity_hi", "at most", [](const Row& row) -> Cell { return hi(row.quantity); },
       CellKind::decimal},
      Field<&Row::quantity_variance>{"quantity_variance", "invoiced less metered"},
      Field<&Row::unit_price>{"unit_price", "of the contract"},
      Field<&Row::unit_price_invoiced>{"unit_price_invoiced", ""},
      Field<&Row::price_variance>{"price_variance", "what the other price makes of the quantity"},
      Field<&Row::amount_invoiced>{"amount_invoiced", ""},
      {"amount", "metered, by the contract",
       [](const Row& row) -> Cell { return point(row.amount); }, CellKind::decimal},
      {"amount_lo", "at least", [](const Row& row) -> Cell { return lo(row.amount); },
       CellKind::decimal},
      {"amount_hi", "at most", [](const Row& row) -> Cell { return hi(row.amount); },
       CellKind::decimal},
      Field<&Row::variance>{"variance", "invoiced less metered"},
      Field<&Row::tolerance>{"tolerance", "what the FOCUS specification lets pass"},
      Field<&Row::own_tolerance>{"own_tolerance", "what rounding the invoice's lines can make"},
      {"status", "the verdict",
       [](const Row& row) -> Cell { return std::string(verdict_name(row.status)); }},
      Field<&Row::explained_by>{"explained_by",
                                "by which other reading the vendor's figure comes out"},
      Field<&Row::open_processes>{"open_processes",
                                  "of which more can be billed than the bounds hold"},
      Field<&Row::app_id>{"app_id", "what these lines are about alone; empty: all of the product"},
      Field<&Row::deployment_id>{"deployment_id", "likewise"},
      Field<&Row::region>{"region", "likewise"},
      Field<&Row::description>{"description", "the vendor's words, where it is one line"},
      Field<&Row::unit_price_of_quantity>{"unit_price_of_quantity",
                                          "the amount by the invoice's own quantity"},
      Field<&Row::unit_price_of_metered>{"unit_price_of_metered",
                                         "the amount by the metered quantity"},
  };
  return kColumns;
}

const std::vector<Column<InvoiceVerdict>>& InvoiceVerdict::columns() {
  using Row = InvoiceVerdict;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::invoice_id>{"invoice_id", ""},
      Field<&Row::month>{"month", ""},
      Field<&Row::currency>{"currency", ""},
      Field<&Row::amount_invoiced>{"amount_invoiced", "the sum due, else of its lines"},
      {"amount", "metered in the month, by the contract",
       [](const Row& row) -> Cell { return point(row.amount); }, CellKind::decimal},
      {"amount_lo", "at least", [](const Row& row) -> Cell { return lo(row.amount); },
       CellKind::decimal},
      {"amount_hi", "at most", [](const Row& row) -> Cell { return hi(row.amount); },
       CellKind::decimal},
      {"verdict", "the gravest of its rows; empty: it could not be compared",
       [](const Row& row) -> Cell {
         return row.verdict ? Cell(std::string(verdict_name(*row.verdict))) : Cell(nullptr);
       }},
      Field<&Row::at_stake>{"at_stake", "how much of it the rows put in question"},
      Field<&Row::together_with>{"together_with", "the other invoices of its month"},
      Field<&Row::sentence>{"in_words", ""},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationStep>>& ReconciliationStep::columns() {
  using Row = ReconciliationStep;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::product>{"product", "empty for the whole invoice"},
      Field<&Row::step>{"step", ""},
      Field<&Row::amount>{"amount", "what the step adds"},
      Field<&Row::balance>{"balance", "that of the step before, and the amount"},
      Field<&Row::note>{"note", ""},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationPolicy>>& ReconciliationPolicy::columns() {
  using Row = ReconciliationPolicy;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::product>{"product", ""},
      Field<&Row::fit>{"fit", "exact, within bounds or nearest"},
      Field<&Row::policy>{"policy", "how the vendor may have counted"},
      Field<&Row::differences>{"differences", "in how many ways it differs from the contract"},
      Field<&Row::amount>{"amount", ""},
      Field<&Row::variance>{"variance", "invoiced less that"},
      Field<&Row::fitting>{"fitting", "how many fit as well"},
      Field<&Row::tried>{"tried", ""},
      Field<&Row::accidents>{"accidents", "how many would fit a figure drawn at random"},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationFactAsked>>& ReconciliationFactAsked::columns() {
  using Row = ReconciliationFactAsked;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::product>{"product", ""},
      Field<&Row::process_id>{"process_id", "empty when it is about none"},
      Field<&Row::fact>{"fact", "what to ask"},
      Field<&Row::removes>{"removes", "from between the bounds; empty: nothing bounds it"},
      Field<&Row::remaining>{"remaining", "between the bounds, once this and all above are told"},
      Field<&Row::open_processes>{"open_processes", "then, that nothing bounds"},
      {"verdict_if_least", "if all told so far come out at their least",
       [](const Row& row) -> Cell { return std::string(verdict_name(row.verdict_if_least)); }},
      {"verdict_if_most", "or at their most",
       [](const Row& row) -> Cell { return std::string(verdict_name(row.verdict_if_most)); }},
  };
  return kColumns;
}

const std::vector<Column<ReconciliationContributor>>& ReconciliationContributor::columns() {
  using Row = ReconciliationContributor;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::product>{"product", ""},
      Field<&Row::process_id>{"process_id", ""},
      Field<&Row::app_id>{"app_id", ""},
      Field<&Row::deployment_id>{"deployment_id", ""},
      Field<&Row::region>{"region", ""},
      Field<&Row::flag>{"flag", "why its own numbers are not sure; empty when they are"},
      {"metered", "in metered_unit",
       [](const Row& row) -> Cell { return exact(row, row.metered.point); }},
      {"metered_lo", "at least", [](const Row& row) -> Cell { return exact(row, row.metered.lo); }},
      {"metered_hi", "at most", [](const Row& row) -> Cell { return exact(row, row.metered.hi); }},
      Field<&Row::metered_unit>{"metered_unit", "vcpu_ms, ms or bytes"},
      Field<&Row::command>{"command", "shows its evidence"},
  };
  return kColumns;
}

const char* status_name(CostRow::Status status) {
  switch (status) {
    case CostRow::Status::rated:
      return "rated";
    case CostRow::Status::idle:
      return "idle";
    case CostRow::Status::unlisted:
      return "unlisted";
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
    case Verdict::wrong_price:
      return "WRONG_PRICE";
    case Verdict::bad_arithmetic:
      return "BAD_ARITHMETIC";
    case Verdict::duplicate:
      return "DUPLICATE";
    case Verdict::not_itemised:
      return "NOT_ITEMISED";
    case Verdict::stated:
      return "STATED";
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

std::optional<ShareOrAmount> ShareOrAmount::parse(std::string_view text) {
  const bool is_percent = text.ends_with('%');
  const auto value = Decimal::parse(text.substr(0, text.size() - (is_percent ? 1 : 0)));
  return value && value->digits() >= 0 ? std::optional(ShareOrAmount{*value, is_percent})
                                       : std::nullopt;
}

bool can_stand(Verdict verdict) {
  return verdict == Verdict::match || verdict == Verdict::within_tolerance ||
         verdict == Verdict::within_bounds || verdict == Verdict::unbounded ||
         verdict == Verdict::stated;
}

}  // namespace fleetmeter
