// The columns of the answers that seal/ gives.

#include "fleetmeter/seal.hpp"

namespace fleetmeter {

const std::vector<Column<SealRow>>& SealRow::columns() {
  using Row = SealRow;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::seal_seq>{"seal_seq", "from 1, in the order in which they were made"},
      Field<&Row::month>{"month", ""},
      Field<&Row::zone>{"zone", "of the month"},
      Field<&Row::as_of_ms>{"as_of_ms", "the instant up to which the figures answer"},
      Field<&Row::known_seq>{"known_seq", "the newest snapshot that counted"},
      Field<&Row::lines>{"lines", "numbered from 0"},
      Field<&Row::adjustments>{"adjustments", "of them, lines about months sealed before"},
      Field<&Row::root>{"root", "of the tree over the lines, in base64"},
      Field<&Row::origin>{"origin", "who sealed, and the month"},
      Field<&Row::public_key>{"public_key", "who signed, in base64; empty: nobody"},
  };
  return kColumns;
}

const std::vector<Column<SealFinding>>& SealFinding::columns() {
  using Row = SealFinding;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::seal_seq>{"seal_seq", ""},
      Field<&Row::month>{"month", ""},
      {"status", "ok or differs",
       [](const Row& row) -> Cell {
         return std::string(row.status == Status::ok ? "ok" : "differs");
       }},
      Field<&Row::place>{"place", "what differs; empty: nothing"},
      Field<&Row::sealed>{"sealed", "what is written down; empty: nothing"},
      Field<&Row::found>{"found", "what comes out now; empty: nothing"},
  };
  return kColumns;
}

Bounded<Decimal> Restatement::change() const {
  Bounded<Decimal> change = to;
  change.point -= from.point;
  change.lo -= from.lo;
  change.hi -= from.hi;
  return change;
}

namespace {

/// Of time and bytes a whole number, of money a decimal.
Cell number_of(const Restatement& row, const Decimal& value) {
  return row.measure == "cost" ? Cell(value) : Cell(value.digits());
}

}  // namespace

const std::vector<Column<Restatement>>& Restatement::columns() {
  using Row = Restatement;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::seal_seq>{"seal_seq", ""},
      Field<&Row::month>{"month", "that was sealed"},
      Field<&Row::app_id>{"app_id", ""},
      Field<&Row::deployment_id>{"deployment_id", ""},
      Field<&Row::region>{"region", ""},
      Field<&Row::measure>{"measure", "billable, egress, or cost, at the prices that were sealed"},
      {"from", "as sealed, with the adjustments that were sealed since",
       [](const Row& row) -> Cell { return number_of(row, row.from.point); }, CellKind::decimal},
      {"from_lo", "at least", [](const Row& row) -> Cell { return number_of(row, row.from.lo); },
       CellKind::decimal},
      {"from_hi", "at most", [](const Row& row) -> Cell { return number_of(row, row.from.hi); },
       CellKind::decimal},
      {"to", "as it is known now",
       [](const Row& row) -> Cell { return number_of(row, row.to.point); }, CellKind::decimal},
      {"to_lo", "at least", [](const Row& row) -> Cell { return number_of(row, row.to.lo); },
       CellKind::decimal},
      {"to_hi", "at most", [](const Row& row) -> Cell { return number_of(row, row.to.hi); },
       CellKind::decimal},
      {"change", "the adjustment",
       [](const Row& row) -> Cell { return number_of(row, row.change().point); },
       CellKind::decimal},
      {"change_lo", "of the lower bound",
       [](const Row& row) -> Cell { return number_of(row, row.change().lo); }, CellKind::decimal},
      {"change_hi", "of the upper bound",
       [](const Row& row) -> Cell { return number_of(row, row.change().hi); }, CellKind::decimal},
      Field<&Row::unit>{"unit", "ms, bytes, or the currency"},
  };
  return kColumns;
}

const std::vector<Column<ReceiptSaid>>& ReceiptSaid::columns() {
  using Row = ReceiptSaid;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::origin>{"origin", "who sealed, and the month"},
      Field<&Row::line_no>{"line_no", "from 0"},
      Field<&Row::lines>{"lines", "of the seal"},
      Field<&Row::text>{"text", "the line that is proved"},
  };
  return kColumns;
}

const std::vector<Column<TimeStampSaid>>& TimeStampSaid::columns() {
  using Row = TimeStampSaid;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::seal_seq>{"seal_seq", ""},
      Field<&Row::month>{"month", ""},
      Field<&Row::stamped_at>{"stamped_at", "when the authority saw the checkpoint"},
  };
  return kColumns;
}

}  // namespace fleetmeter
