#include "settle/focus_charges.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "ask/evidence.hpp"
#include "ask/window.hpp"
#include "model/price_names.hpp"
#include "rate/printed_quantities.hpp"
#include "settle/cost.hpp"
#include "settle/usage.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using base::Rounding;
using rate::CostLine;

constexpr int kRemarkPlaces = 6;
constexpr int kRatioPlaces = 9;
constexpr int kSecondPlaces = 3;  // a second has 10^3 ms
constexpr int kMicroPlaces = 6;
constexpr Int128 kEndless = Int128{1} << 126;

/// A tier in the unit that lines are metered in.
struct Tier {
  Int128 from = 0;
  Int128 to = kEndless;
};

/// How much of [from, from + length) lies in a tier.
Int128 overlap(Int128 from, Int128 length, const Tier& tier) {
  return std::max(Int128{0}, std::min(from + length, tier.to) - std::max(from, tier.from));
}

/// How much of a usage lies in a tier, when `before` it was used already in the month. The bounds
/// hold wherever between its bounds that begins.
Bounded<Int128> in_tier(const Bounded<Int128>& before, const Bounded<Int128>& used,
                        const Tier& tier) {
  const Int128 best_begin = std::clamp(tier.from, before.lo, before.hi);
  return {overlap(before.point, used.point, tier),
          std::min(overlap(before.lo, used.lo, tier), overlap(before.hi, used.lo, tier)),
          overlap(best_begin, used.hi, tier)};
}

Decimal minus(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return trimmed({base::multiply(a.digits(), power_of_ten(scale - a.scale())) -
                      base::multiply(b.digits(), power_of_ten(scale - b.scale())),
                  scale});
}

/// The charges of one rate in one billing month.
class RateCharges {
 public:
  RateCharges(const Terms& terms, std::size_t rate_no, FocusCharge common)
      : terms_(terms),
        rate_(terms.book.card().rates[rate_no]),
        unit_(base::multiply(rate::unit_size(rate_.unit, terms.policy),
                             power_of_ten(terms.book.scale()))),
        common_(std::move(common)) {
    common_.rate_no = rate_no;
    for (const model::RateTier& tier : rate_.tiers) {
      const Int128 from = (Ratio(tier.from) * Ratio(unit_)).round(0, Rounding::down).digits();
      if (!tiers_.empty()) {
        tiers_.back().to = from;
      }
      tiers_.push_back({from, kEndless});
    }
    of_tier_.resize(tiers_.size());
  }

  /// Takes in a line; they come in the order of days. `rooms` are those that share it, or none.
  void add(const CostLine& line, const meter::Window& period, const std::vector<RoomTime>& rooms) {
    amount_ += line.amount;
    if (line.status == CostLine::Status::rounding) {
      return;
    }
    for (std::size_t tier = 0; tier < tiers_.size(); ++tier) {
      const Bounded<Int128> used = in_tier(before_, line.metered, tiers_[tier]);
      const bool stands_here =
          tiers_[tier].from <= before_.point && before_.point < tiers_[tier].to;
      if (used.hi > 0 || stands_here) {
        FocusCharge charge = common_;
        charge.period = period;
        charge.app_id = line.group[1];
        charge.region = line.group[2];
        charge.tier_no = tier;
        charge.processes = line.processes;
        charge.open_processes = line.open_processes;
        if (rooms.empty()) {
          of_tier_[tier].push_back({std::move(charge), used});
        } else {
          add_rooms(charge, line.group[3], used, rooms, of_tier_[tier]);
        }
      }
    }
    before_ += line.metered;
  }

  /// The charges, and one for what is rounded.
  void give_to(std::vector<FocusCharge>& charges) {
    for (std::size_t tier = 0; tier < tiers_.size(); ++tier) {
      price(tier);
      for (Used& used : of_tier_[tier]) {
        charges.push_back(std::move(used.charge));
      }
    }
    FocusCharge rounding = common_;
    rounding.is_rounding = true;
    const int digits = terms_.book.card().minor_digits;
    rounding.cost = {minus({amount_.point, digits}, sum_.point),
                     minus({amount_.lo, digits}, sum_.lo), minus({amount_.hi, digits}, sum_.hi)};
    if (rounding.cost.point != Decimal()) {
      // As in `cost`, a difference of bounds may lie on the wrong side.
      rounding.cost.lo = std::min(rounding.cost.lo, rounding.cost.point);
      rounding.cost.hi = std::max(rounding.cost.hi, rounding.cost.point);
      charges.push_back(std::move(rounding));
    }
  }

 private:
  struct Used {
    FocusCharge charge;
    Bounded<Int128> metered;
  };

  /// Divides the charge of one process among its rooms.
  void add_rooms(const FocusCharge& charge, const std::string& process_id,
                 const Bounded<Int128>& used, const std::vector<RoomTime>& rooms,
                 std::vector<Used>& to) const {
    const Int128 byte = power_of_ten(terms_.book.scale());
    const bool is_compute = rate_.product == model::Product::compute;
    const std::vector<Bounded<Int128>> shares = share_out(used, rooms, is_compute ? 1 : byte);
    const Int128 one = power_of_ten(kRatioPlaces);
    const std::vector<Bounded<Int128>> ratios = share_out({one, one, one}, rooms);
    for (std::size_t i = 0; i < rooms.size(); ++i) {
      if (shares[i] == Bounded<Int128>{} && ratios[i].point == 0) {
        continue;
      }
      FocusCharge room = charge;
      room.allocated = {process_id,
                        rooms[i].room_id,
                        {ratios[i].point, kRatioPlaces},
                        {rooms[i].time.point, kMicroPlaces}};
      to.push_back({std::move(room), shares[i]});
    }
  }

  [[nodiscard]] Ratio quantity(Int128 metered) const { return {metered, unit_}; }

  void price(std::size_t tier) {
    const Decimal& unit_price = rate_.tiers[tier].unit_price;
    std::vector<Ratio> exact;
    for (const Used& used : of_tier_[tier]) {
      exact.push_back(quantity(used.metered.point));
    }
    const std::vector<Decimal> printed = rate::printed_quantities(exact, unit_price);
    for (std::size_t i = 0; i < printed.size(); ++i) {
      FocusCharge& charge = of_tier_[tier][i].charge;
      const Bounded<Int128>& metered = of_tier_[tier][i].metered;
      const Decimal lo = quantity(metered.lo).round(rate::kPrintedPlaces, Rounding::down);
      const Decimal hi = quantity(metered.hi).round(rate::kPrintedPlaces, Rounding::up);
      charge.quantity = {printed[i], std::min(lo, printed[i]), std::max(hi, printed[i])};
      charge.cost = {rate::product_of(charge.quantity.point, unit_price),
                     rate::product_of(charge.quantity.lo, unit_price),
                     rate::product_of(charge.quantity.hi, unit_price)};
      charge.consumed = consumed(metered.point);
      add_to(sum_.point, charge.cost.point);
      add_to(sum_.lo, charge.cost.lo);
      add_to(sum_.hi, charge.cost.hi);
    }
  }

  static void add_to(Decimal& sum, const Decimal& more) {
    sum = minus(sum, {-more.digits(), more.scale()});
  }

  [[nodiscard]] Decimal consumed(Int128 metered) const {
    return {metered,
            terms_.book.scale() + (rate_.product == model::Product::compute ? kSecondPlaces : 0)};
  }

  const Terms& terms_;
  const model::Rate& rate_;
  Int128 unit_;
  FocusCharge common_;
  std::vector<Tier> tiers_;
  std::vector<std::vector<Used>> of_tier_;
  Bounded<Int128> before_;
  Bounded<Int128> amount_;  ///< of all lines, in the smallest unit of the currency
  Bounded<Decimal> sum_;    ///< of the costs of the charges
};

/// What has no price, by product and why.
class Unpriced {
 public:
  void add(const CostLine& line) {
    Sum& sum = sums_[{line.product, line.status}];
    sum.metered += line.metered.point;
    sum.processes += line.processes;
  }

  [[nodiscard]] std::vector<std::string> remarks(const Terms& terms) const {
    std::vector<std::string> remarks;
    for (const auto& [what, sum] : sums_) {
      const auto& [product, status] = what;
      const bool is_compute = product == model::Product::compute;
      const auto unit = is_compute ? model::RateUnit::active_hour : model::RateUnit::gb;
      const Ratio size(
          base::multiply(rate::unit_size(unit, terms.policy), power_of_ten(terms.book.scale())));
      std::string remark = "left out: " + std::string(name_of(model::kProducts, product));
      if (status != CostLine::Status::unmetered) {
        remark += ", " + to_text((Ratio(sum.metered) / size).round(kRemarkPlaces)) + ' ' +
                  rate::unit_name(unit, terms.policy) + ',';
      }
      remarks.push_back(remark + " of " + std::to_string(sum.processes) +
                        (sum.processes == 1 ? " process (" : " processes (") + status_name(status) +
                        ')');
    }
    return remarks;
  }

 private:
  struct Sum {
    Int128 metered = 0;
    std::int64_t processes = 0;
  };
  std::map<std::pair<model::Product, CostLine::Status>, Sum> sums_;
};

std::string_view process_of(const FocusCharge& charge) {
  return charge.allocated ? std::string_view(charge.allocated->process_id) : std::string_view();
}

bool is_priced(const CostLine& line) {
  return line.status == CostLine::Status::rated || line.status == CostLine::Status::rounding;
}

/// What has no price in a month. A process of several days counts once, so days are not told apart.
void add_unpriced(const BillingMonth& month, Question question, const Terms& terms,
                  store::Reader& reader, Unpriced& unpriced) {
  question.by.clear();
  rate::Rater rater(terms.book, terms.policy);
  rate_month(month, question, terms, reader, rater, nullptr);
  for (const CostLine& line : rater.finish()) {
    if (!is_priced(line)) {
      unpriced.add(line);
    }
  }
}

/// The charges of one billing month. `rooms` is null when they are not divided.
void add_month(const BillingMonth& month, const Question& question, const Terms& terms,
               store::Reader& reader, RoomCosts* rooms, Unpriced& unpriced,
               std::vector<FocusCharge>& charges) {
  rate::Rater rater(terms.book, terms.policy);
  rate_month(month, question, terms, reader, rater, rooms);
  // A period that is not over at the as-of is named whole.
  const meter::Window& whole = month.whole;
  const meter::Window asked = meter::common(
      whole, {question.from_ms.value_or(whole.from_ms), question.to_ms.value_or(whole.to_ms)});
  std::map<std::string, meter::Window> days;
  for (const base::Period& day :
       base::Zone(question.tz)
           .periods(base::CivilUnit::day, month.asked.from_ms, month.asked.to_ms)) {
    days.emplace(day.label, meter::common({day.start_ms, day.end_ms}, asked));
  }
  FocusCharge common;
  common.billing_period = whole;
  common.period = asked;
  std::map<std::size_t, RateCharges> by_rate;
  bool some_unpriced = false;
  for (const CostLine& line : rater.finish()) {
    if (!is_priced(line)) {
      some_unpriced = true;
      continue;
    }
    const bool is_rounding = line.status == CostLine::Status::rounding;
    by_rate.try_emplace(line.rate_no, terms, line.rate_no, common)
        .first->second.add(
            line, is_rounding ? asked : days.at(line.group[0]),
            rooms == nullptr || is_rounding ? std::vector<RoomTime>{} : rooms->times_of(line));
  }
  if (some_unpriced) {
    add_unpriced(month, question, terms, reader, unpriced);
  }
  const auto first = static_cast<std::ptrdiff_t>(charges.size());
  for (auto& [rate_no, rate] : by_rate) {
    rate.give_to(charges);
  }
  std::stable_sort(
      charges.begin() + first, charges.end(), [](const FocusCharge& a, const FocusCharge& b) {
        // Rooms stay as they are: in order, and idle time last.
        const auto place = [](const FocusCharge& charge) {
          return std::tuple(charge.is_rounding, charge.period.from_ms,
                            std::string_view(charge.app_id), std::string_view(charge.region),
                            process_of(charge), charge.rate_no, charge.tier_no);
        };
        return place(a) < place(b);
      });
}

}  // namespace

namespace {

/// When more may have run than anybody saw, in each app and region.
class Unseen {
 public:
  Unseen(const Question& question, const meter::Window& window, store::Reader& reader)
      : question_(question), window_(window), reader_(reader) {
    question_.by.clear();
    question_.from_ms = window.from_ms;
    question_.to_ms = window.to_ms;
  }

  /// What comes after the window, which ends at the as-of, nobody saw either.
  [[nodiscard]] std::int64_t length_in(const FocusCharge& charge) {
    std::int64_t length_ms = std::max<std::int64_t>(
        0, charge.period.to_ms - std::max(charge.period.from_ms, window_.to_ms));
    for (const meter::Window& part : of(charge.app_id, charge.region)) {
      length_ms += meter::overlap_ms(part, charge.period);
    }
    return length_ms;
  }

 private:
  const std::vector<meter::Window>& of(const std::string& app_id, const std::string& region) {
    const auto [found, is_new] = known_.try_emplace({app_id, region});
    if (is_new) {
      Question place = question_;
      place.app_ids = {app_id};
      place.regions = {region};
      found->second = ask::unseen(place, reader_);
    }
    return found->second;
  }

  Question question_;
  meter::Window window_;
  store::Reader& reader_;
  std::map<std::pair<std::string, std::string>, std::vector<meter::Window>> known_;
};

}  // namespace

FocusCharges focus_charges(const Question& question, const Terms& terms, bool by_room,
                           store::Reader& reader) {
  Question by_day = question;
  by_day.by = {GroupBy::day, GroupBy::app, GroupBy::region};
  std::optional<RoomCosts> rooms;
  Question by_day_and_room = by_day;
  if (by_room) {
    by_day_and_room.by.push_back(GroupBy::room);
    rooms.emplace(by_day_and_room, terms, reader);
    by_day = rooms->of_processes();
  }
  const meter::Window window = ask::resolve(by_day, reader.span()).window;
  FocusCharges all;
  Unpriced unpriced;
  for (const BillingMonth& month : billing_months(window, terms.policy.zone)) {
    add_month(month, by_day, terms, reader, rooms ? &*rooms : nullptr, unpriced, all.charges);
  }
  Unseen unseen(question, window, reader);
  for (FocusCharge& charge : all.charges) {
    charge.unseen_ms = charge.is_rounding ? 0 : unseen.length_in(charge);
  }
  all.remarks = unpriced.remarks(terms);
  return all;
}

}  // namespace fleetmeter::settle
