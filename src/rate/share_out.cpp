#include "rate/share_out.hpp"

#include <algorithm>
#include <numeric>

#include "base/invariant.hpp"
#include "base/ratio.hpp"

namespace fleetmeter::rate {

namespace {

/// Shares while they are settled.
class Shares {
 public:
  Shares(const std::vector<Claim>& claims, Int128 total, Int128 weight)
      : claims_(claims), rest_(total) {
    for (const Claim& claim : claims) {
      const Int128 product = base::multiply(total, claim.weight);
      shares_.push_back(std::clamp(Int128{product / weight}, claim.least, claim.most));
      remainders_.push_back(product % weight);
      rest_ -= shares_.back();
    }
  }

  /// Moves the shares so that they sum to the total. One each is all that is ever needed where no
  /// limit stands in the way; then what is left goes as far as the limits let it, and not to what
  /// weighs nothing as long as there is another.
  void settle() {
    std::vector<std::size_t> order(shares_.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return rest_ > 0 ? remainders_[a] > remainders_[b] : remainders_[a] < remainders_[b];
    });
    for (const std::size_t i : order) {
      move(i, rest_ < 0 || remainders_[i] > 0 ? 1 : 0);
    }
    for (const std::size_t i : order) {
      move(i, claims_[i].weight > 0 ? kNoLimit : 0);
    }
    for (const std::size_t i : order) {
      move(i, kNoLimit);
    }
    base::check(rest_ == 0, "the limits of the shares leave room for what is shared");
  }

  [[nodiscard]] const std::vector<Int128>& get() const { return shares_; }

 private:
  void move(std::size_t i, Int128 most) {
    const Int128 moved = rest_ > 0 ? std::min({rest_, claims_[i].most - shares_[i], most})
                                   : std::max({rest_, claims_[i].least - shares_[i], -most});
    shares_[i] += moved;
    rest_ -= moved;
  }

  const std::vector<Claim>& claims_;
  std::vector<Int128> shares_;
  std::vector<Int128> remainders_;
  Int128 rest_ = 0;  ///< below 0 when limits give too much
};

}  // namespace

std::vector<Int128> share_out(Int128 total, const std::vector<Claim>& claims) {
  Int128 weight = 0;
  for (const Claim& claim : claims) {
    weight += claim.weight;
  }
  base::check(total >= 0 && weight > 0, "what is shared and its weights are not below 0");
  Shares shares(claims, total, weight);
  shares.settle();
  return shares.get();
}

}  // namespace fleetmeter::rate
