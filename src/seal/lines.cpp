#include "seal/lines.hpp"

#include "fleetmeter/error.hpp"

namespace fleetmeter::seal {

namespace {

/// Six columns, for every kind of line that has figures: `of` gives them.
template <class Row, auto of>
void add_figures(std::vector<Column<Row>>& columns) {
  const Column<Row> all[] = {
      {"billable_ms", "", [](const Row& row) -> Cell { return of(row).billable_ms.point; }},
      {"billable_ms_lo", "", [](const Row& row) -> Cell { return of(row).billable_ms.lo; }},
      {"billable_ms_hi", "", [](const Row& row) -> Cell { return of(row).billable_ms.hi; }},
      {"egress_bytes", "", [](const Row& row) -> Cell { return of(row).egress_bytes.point; }},
      {"egress_bytes_lo", "", [](const Row& row) -> Cell { return of(row).egress_bytes.lo; }},
      {"egress_bytes_hi", "", [](const Row& row) -> Cell { return of(row).egress_bytes.hi; }},
  };
  columns.insert(columns.end(), std::begin(all), std::end(all));
}

template <class Row>
void add_counts(std::vector<Column<Row>>& columns) {
  const Column<Row> all[] = {
      {"billable_processes", "",
       [](const Row& row) -> Cell { return row.usage.billable_processes; }},
      {"egress_processes", "", [](const Row& row) -> Cell { return row.usage.egress_processes; }},
      {"open_processes", "", [](const Row& row) -> Cell { return row.usage.open_processes; }},
      {"unmetered_processes", "",
       [](const Row& row) -> Cell { return row.usage.unmetered_processes; }},
  };
  columns.insert(columns.end(), std::begin(all), std::end(all));
}

template <class Row>
void add_group(std::vector<Column<Row>>& columns) {
  const Column<Row> all[] = {
      {"app_id", "", [](const Row& row) -> Cell { return row.group.app_id; }},
      {"deployment_id", "", [](const Row& row) -> Cell { return row.group.deployment_id; }},
      {"region", "", [](const Row& row) -> Cell { return row.group.region; }},
  };
  columns.insert(columns.end(), std::begin(all), std::end(all));
}

Cell text(const std::optional<Bounded<Decimal>>& value, Decimal Bounded<Decimal>::*part) {
  return value ? Cell(to_text((*value).*part)) : Cell(nullptr);
}

Bounded<Int128> bounded_in(const decode::JsonTree& line, const std::string& name) {
  const auto number = [&](const std::string& member) {
    const decode::JsonTree* const found = line.find(member);
    return found == nullptr ? Int128(0) : number_in(*found);
  };
  return {number(name), number(name + "_lo"), number(name + "_hi")};
}

std::string text_in(const decode::JsonTree& line, const char* name) {
  const decode::JsonTree* const found = line.find(name);
  return found == nullptr ? "" : found->text;
}

Group group_in(const decode::JsonTree& line) {
  return {text_in(line, "app_id"), text_in(line, "deployment_id"), text_in(line, "region")};
}

/// Calls `use` for each line of a kind that is about a month ("": about that of the seal).
template <class Use>
void each_of_kind(const std::vector<std::string>& lines, const std::string& kind,
                  const std::string& month, Use&& use) {
  for (const std::string& text : lines) {
    if (text.rfind("{\"line\":\"" + kind + '"', 0) != 0) {
      continue;
    }
    const decode::JsonTree line = decode::read_json(text);
    if (text_in(line, "month") == month) {
      use(line);
    }
  }
}

FiguresByGroup figures_of_kind(const std::vector<std::string>& lines, const std::string& kind,
                               const std::string& month) {
  FiguresByGroup all;
  each_of_kind(lines, kind, month, [&](const decode::JsonTree& line) {
    all[group_in(line)] += {bounded_in(line, "billable_ms"), bounded_in(line, "egress_bytes")};
  });
  return all;
}

Decimal decimal_in(const decode::JsonTree& line, const char* name) {
  const auto value = Decimal::parse(text_in(line, name));
  if (!value) {
    throw Error(ErrorKind::data, "a line of a seal has no decimal where one belongs");
  }
  return *value;
}

/// A line without an amount has no price.
Amounts amounts_of_kind(const std::vector<std::string>& lines, const std::string& kind,
                        const std::string& month) {
  Amounts all;
  each_of_kind(lines, kind, month, [&](const decode::JsonTree& line) {
    if (line.find("amount") != nullptr) {
      const Bounded<Decimal> amount{decimal_in(line, "amount"), decimal_in(line, "amount_lo"),
                                    decimal_in(line, "amount_hi")};
      add({{{group_in(line), text_in(line, "currency")}, amount}}, all);
    }
  });
  return all;
}

}  // namespace

void add(const Amounts& other, Amounts& to) {
  for (const auto& [key, amount] : other) {
    Bounded<Decimal>& sum = to[key];
    sum += amount;
    if (sum == Bounded<Decimal>()) {
      to.erase(key);
    }
  }
}

void take_away(const Amounts& other, Amounts& from) {
  const auto negative = [](const Decimal& value) {
    return Decimal(-value.digits(), value.scale());
  };
  Amounts negated;
  for (const auto& [key, amount] : other) {
    negated[key] = {negative(amount.point), negative(amount.lo), negative(amount.hi)};
  }
  add(negated, from);
}

Figures& Figures::operator+=(const Figures& other) {
  billable_ms += other.billable_ms;
  egress_bytes += other.egress_bytes;
  return *this;
}

Figures& Figures::operator-=(const Figures& other) {
  const auto negative = [](const Bounded<Int128>& value) {
    return Bounded<Int128>{-value.point, -value.lo, -value.hi};
  };
  return *this += {negative(other.billable_ms), negative(other.egress_bytes)};
}

Usage& Usage::operator+=(const Usage& other) {
  figures += other.figures;
  billable_processes += other.billable_processes;
  egress_processes += other.egress_processes;
  open_processes += other.open_processes;
  unmetered_processes += other.unmetered_processes;
  return *this;
}

const std::vector<Column<TotalLine>>& TotalLine::columns() {
  using Row = TotalLine;
  static const std::vector<Column<Row>> kColumns = [] {
    std::vector<Column<Row>> all{
        {"line", "", [](const Row&) -> Cell { return std::string("total"); }}};
    add_figures<Row, [](const Row& row) -> const Figures& { return row.usage.figures; }>(all);
    add_counts(all);
    return all;
  }();
  return kColumns;
}

const std::vector<Column<UsageLine>>& UsageLine::columns() {
  using Row = UsageLine;
  static const std::vector<Column<Row>> kColumns = [] {
    std::vector<Column<Row>> all{
        {"line", "", [](const Row&) -> Cell { return std::string("usage"); }}};
    add_group(all);
    add_figures<Row, [](const Row& row) -> const Figures& { return row.usage.figures; }>(all);
    add_counts(all);
    return all;
  }();
  return kColumns;
}

const std::vector<Column<CostLine>>& CostLine::columns() {
  using Row = CostLine;
  static const std::vector<Column<Row>> kColumns{
      {"line", "", [](const Row&) -> Cell { return std::string("cost"); }},
      {"app_id", "", [](const Row& row) -> Cell { return row.cost.group.at(0); }, CellKind::text},
      {"deployment_id", "", [](const Row& row) -> Cell { return row.cost.group.at(1); },
       CellKind::text},
      {"region", "", [](const Row& row) -> Cell { return row.cost.group.at(2); }, CellKind::text},
      {"product", "", [](const Row& row) -> Cell { return row.cost.product; }},
      {"unit", "", [](const Row& row) -> Cell { return row.cost.unit; }},
      {"unit_price", "",
       [](const Row& row) -> Cell {
         return row.cost.unit_price ? Cell(to_text(*row.cost.unit_price)) : Cell(nullptr);
       },
       CellKind::text},
      {"currency", "", [](const Row& row) -> Cell { return row.cost.currency; }},
      {"status", "",
       [](const Row& row) -> Cell { return std::string(status_name(row.cost.status)); }},
      {"quantity", "",
       [](const Row& row) -> Cell { return text(row.cost.quantity, &Bounded<Decimal>::point); },
       CellKind::text},
      {"quantity_lo", "",
       [](const Row& row) -> Cell { return text(row.cost.quantity, &Bounded<Decimal>::lo); },
       CellKind::text},
      {"quantity_hi", "",
       [](const Row& row) -> Cell { return text(row.cost.quantity, &Bounded<Decimal>::hi); },
       CellKind::text},
      {"amount", "",
       [](const Row& row) -> Cell { return text(row.cost.amount, &Bounded<Decimal>::point); },
       CellKind::text},
      {"amount_lo", "",
       [](const Row& row) -> Cell { return text(row.cost.amount, &Bounded<Decimal>::lo); },
       CellKind::text},
      {"amount_hi", "",
       [](const Row& row) -> Cell { return text(row.cost.amount, &Bounded<Decimal>::hi); },
       CellKind::text},
      {"processes", "", [](const Row& row) -> Cell { return row.cost.processes; }},
      {"open_processes", "", [](const Row& row) -> Cell { return row.cost.open_processes; }},
  };
  return kColumns;
}

const std::vector<Column<AdjustmentLine>>& AdjustmentLine::columns() {
  using Row = AdjustmentLine;
  static const std::vector<Column<Row>> kColumns = [] {
    std::vector<Column<Row>> all{
        {"line", "", [](const Row&) -> Cell { return std::string("adjustment"); }},
        Field<&Row::month>{"month", ""}};
    add_group(all);
    add_figures<Row, [](const Row& row) -> const Figures& { return row.change; }>(all);
    return all;
  }();
  return kColumns;
}

const std::vector<Column<CostAdjustmentLine>>& CostAdjustmentLine::columns() {
  using Row = CostAdjustmentLine;
  static const std::vector<Column<Row>> kColumns = [] {
    std::vector<Column<Row>> all{
        {"line", "", [](const Row&) -> Cell { return std::string("cost_adjustment"); }},
        Field<&Row::month>{"month", ""}};
    add_group(all);
    const Column<Row> rest[] = {
        Field<&Row::currency>{"currency", ""},
        {"amount", "", [](const Row& row) -> Cell { return to_text(row.change.point); }},
        {"amount_lo", "", [](const Row& row) -> Cell { return to_text(row.change.lo); }},
        {"amount_hi", "", [](const Row& row) -> Cell { return to_text(row.change.hi); }},
    };
    all.insert(all.end(), std::begin(rest), std::end(rest));
    return all;
  }();
  return kColumns;
}

Int128 number_in(const decode::JsonTree& member) {
  const auto value =
      member.kind == decode::JsonTree::Kind::number ? Decimal::parse(member.text) : std::nullopt;
  if (!value || value->scale() != 0) {
    throw Error(ErrorKind::data, "a line of a seal has no whole number where one belongs");
  }
  return value->digits();
}

FiguresByGroup figures_in(const std::vector<std::string>& lines) {
  return figures_of_kind(lines, "usage", "");
}

FiguresByGroup adjustments_in(const std::vector<std::string>& lines, const std::string& month) {
  return figures_of_kind(lines, "adjustment", month);
}

Amounts amounts_in(const std::vector<std::string>& lines) {
  return amounts_of_kind(lines, "cost", "");
}

Amounts cost_adjustments_in(const std::vector<std::string>& lines, const std::string& month) {
  return amounts_of_kind(lines, "cost_adjustment", month);
}

}  // namespace fleetmeter::seal
