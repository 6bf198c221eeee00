#include "rate/rounded_time.hpp"

#include <algorithm>

#include "rate/charge.hpp"

namespace fleetmeter::rate {

using meter::Window;

RoundedTime::RoundedTime(const meter::BillableSpan& span, const std::vector<Window>& when,
                         const model::Policy& policy)
    : when_(when),
      policy_(policy),
      starts_surely_(span.windows.lo.from_ms == span.windows.hi.from_ms),
      ran_{counted(span.windows.point), counted(span.windows.lo), counted(span.windows.hi)} {}

std::int64_t RoundedTime::counted(std::int64_t at_ms) const {
  std::int64_t before_ms = 0;
  for (const Window& window : when_) {
    before_ms += std::clamp(at_ms, window.from_ms, window.to_ms) - window.from_ms;
  }
  return before_ms;
}

Window RoundedTime::counted(const Window& window) const {
  return {counted(window.from_ms), counted(window.to_ms)};
}

/// What a part has of a process that ran from here to there.
std::int64_t RoundedTime::share(const Window& ran, const Window& part) const {
  const std::int64_t length_ms = ran.to_ms - ran.from_ms;
  const std::int64_t charged = charged_ms(length_ms, policy_);
  const bool ends_here = part.from_ms < ran.to_ms && ran.to_ms <= part.to_ms;
  return meter::overlap_ms({ran.from_ms, ran.from_ms + std::min(charged, length_ms)}, part) +
         (ends_here ? std::max<std::int64_t>(0, charged - length_ms) : 0);
}

/// The bounds when only the end is not known. The later it is, the more a part has, but for one
/// step down: once the end lies beyond the part, what rounding adds does so too.
Bounded<std::int64_t> RoundedTime::shares_of_ends(const Window& part) const {
  const std::int64_t first = ran_.lo.to_ms;
  const std::int64_t last = ran_.hi.to_ms;
  const auto ending = [&](std::int64_t to_ms) {
    return share({ran_.hi.from_ms, std::clamp(to_ms, first, last)}, part);
  };
  return {share(ran_.point, part), std::min(ending(first), ending(part.to_ms + 1)),
          std::max(ending(part.to_ms), ending(last))};
}

/// The bounds when it may have run at any time of the longest span, or not at all. A part has most
/// of a life that begins and ends where the span or the part does, or is moved from there to the
/// next length at which rounding goes another way.
Bounded<std::int64_t> RoundedTime::shares_of_lives(const Window& part) const {
  const Window& longest = ran_.hi;
  const std::int64_t step = std::max<std::int64_t>(policy_.step_ms, 1);
  Bounded<std::int64_t> shares{share(ran_.point, part), 0, 0};
  const auto try_life = [&](const Window& ran) {
    if (longest.from_ms <= ran.from_ms && ran.from_ms <= ran.to_ms && ran.to_ms <= longest.to_ms) {
      shares.hi = std::max(shares.hi, share(ran, part));
    }
  };
  for (const std::int64_t from_ms : {longest.from_ms, part.from_ms - 1, part.from_ms}) {
    for (const std::int64_t to_ms : {part.to_ms, longest.to_ms}) {
      const std::int64_t length_ms = std::max<std::int64_t>(0, to_ms - from_ms);
      for (const std::int64_t rest : {std::int64_t{0}, std::int64_t{1}, (step + 1) / 2}) {
        const std::int64_t longer_ms = (rest + step - length_ms % step) % step;
        const std::int64_t shorter_ms = (length_ms % step + step - rest % step) % step;
        try_life({from_ms - longer_ms, to_ms});
        try_life({from_ms, to_ms - shorter_ms});
      }
      try_life({from_ms, to_ms});
    }
  }
  return shares;
}

Bounded<std::int64_t> RoundedTime::in(const Window& part) const {
  return starts_surely_ ? shares_of_ends(counted(part)) : shares_of_lives(counted(part));
}

bool RoundedTime::may_run_in(const Window& part) const {
  return meter::overlap_ms(ran_.hi, counted(part)) > 0;
}

}  // namespace fleetmeter::rate
