#include "reconcile/sum_lines.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "reconcile/invoiced.hpp"

namespace fleetmeter::reconcile {

namespace {

using model::Invoice;
using model::InvoiceLine;
using model::LineKind;

constexpr int kMostDigits = 6;

/// Words that say that a line is the sum of the whole invoice, or of a part of it.
constexpr std::array<std::string_view, 11> kTotals{
    "total",        "totals", "sum",       "due",         "payable",        "gesamt",
    "gesamtbetrag", "summe",  "endbetrag", "gesamtsumme", "rechnungsbetrag"};
constexpr std::array<std::string_view, 4> kSubtotals{"subtotal", "subtotals", "sub",
                                                     "zwischensumme"};
/// Words that may stand beside them, those of what is charged among them.
constexpr std::array<std::string_view, 44> kBeside{
    "grand",   "net",     "gross",     "amount",    "balance",   "invoice", "to",   "pay",
    "of",      "all",     "charge",    "charges",   "line",      "lines",   "incl", "excl",
    "inc",     "ex",      "including", "excluding", "before",    "after",   "tax",  "taxes",
    "vat",     "the",     "usage",     "netto",     "brutto",    "inkl",    "exkl", "mwst",
    "compute", "vcpu",    "cpu",       "egress",    "bandwidth", "hours",   "gb",   "data",
    "credit",  "credits", "discount",  "discounts"};

template <std::size_t N>
bool is_in(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

enum class Says { nothing, part, whole };

/// What the words of a line say that it is a sum of; nothing when it has other words, too.
Says said_by(const std::string& description) {
  Says says = Says::nothing;
  bool others = false;
  std::string word;
  const auto end_word = [&] {
    if (is_in(kSubtotals, word)) {
      says = Says::part;
    } else if (is_in(kTotals, word)) {
      says = says == Says::nothing ? Says::whole : says;
    } else if (!word.empty() && !is_in(kBeside, word)) {
      others = true;
    }
    word.clear();
  };
  for (const char c : base::ascii_lower(description)) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0 || byte >= 0x80) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return others ? Says::nothing : says;
}

/// What a line may be a sum of, as its words say. It has an amount, and is about no place alone.
Says may_sum(const InvoiceLine& line) {
  const bool is_amount = line.amount && !line.quantity && !line.unit_price && !line.discount;
  const bool has_place = line.app_id || line.deployment_id || line.region;
  return is_amount && !has_place ? said_by(line.description) : Says::nothing;
}

/// An invoice without the lines that may be sums, and what these may be sums of.
class Sums {
 public:
  explicit Sums(const Invoice& invoice) : invoice_(invoice) {
    for (const InvoiceLine& line : invoice.lines) {
      candidates_.push_back(may_sum(line));
      digits_ = std::max(digits_, line.amount ? std::min(line.amount->scale(), kMostDigits) : 0);
    }
    find_due();
    Invoice others = invoice;
    others.lines.clear();
    others.amount_due = due_;
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
      if (candidates_[i] == Says::nothing) {
        others.lines.push_back(invoice.lines[i]);
      }
    }
    bill_ = take_apart(others, digits_);
  }

  [[nodiscard]] std::vector<bool> find() const;
  /// The total that says what is due; nothing when the invoice says it, or no total does.
  [[nodiscard]] std::optional<std::size_t> total() const { return total_; }

 private:
  [[nodiscard]] bool may_be_due(std::size_t i) const {
    return candidates_[i] == Says::whole && invoice_.lines[i].kind == LineKind::other;
  }
  void find_due() {
    due_ = invoice_.amount_due;
    for (std::size_t i = 0; i < candidates_.size() && !invoice_.amount_due; ++i) {
      if (may_be_due(i)) {
        due_ = invoice_.lines[i].amount;
        total_ = i;
      }
    }
  }

  const Invoice& invoice_;
  std::vector<Says> candidates_;
  int digits_ = 0;
  std::optional<Decimal> due_;
  std::optional<std::size_t> total_;
  Bill bill_;
};

std::vector<bool> Sums::find() const {
  std::vector<bool> are_sums(candidates_.size(), false);
  Int128 before = 0;              // all lines before
  Int128 since = 0;               // those since the last sum
  std::map<LineKind, Int128> of;  // those of a kind, where there are any
  std::size_t next = 0;           // of the lines that are no candidates
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const InvoiceLine& line = invoice_.lines[i];
    if (candidates_[i] == Says::nothing) {
      const Int128 adds = bill_.lines[next++].adds;
      before += adds;
      since += adds;
      of[line.kind] += adds;
      continue;
    }
    const Int128 amount = base::Ratio(*line.amount).round(digits_).digits();
    const auto same_kind = of.find(line.kind);
    const bool is_of_kind =
        line.kind != LineKind::other && same_kind != of.end() && same_kind->second == amount;
    const bool is_of_lines =
        next > 0 && (amount == before || amount == since || amount == bill_.itemised ||
                     amount == bill_.itemised - bill_.tax);
    are_sums[i] = is_of_kind || is_of_lines || amount == bill_.due || total_ == i;
    since = are_sums[i] ? 0 : since;
  }
  return are_sums;
}

}  // namespace

std::vector<bool> sum_lines(const Invoice& invoice) {
  return Sums(invoice).find();
}

void take_out_sums(Invoice& invoice) {
  const Sums sums(invoice);
  const std::vector<bool> are_sums = sums.find();
  if (sums.total()) {
    invoice.amount_due = invoice.lines[*sums.total()].amount;
  }
  std::vector<InvoiceLine> charges;
  for (std::size_t i = 0; i < are_sums.size(); ++i) {
    if (!are_sums[i]) {
      charges.push_back(std::move(invoice.lines[i]));
    }
  }
  invoice.lines = std::move(charges);
}

}  // namespace fleetmeter::reconcile
