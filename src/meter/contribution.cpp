#include "meter/contribution.hpp"

#include <algorithm>

#include "base/invariant.hpp"
#include "meter/billing.hpp"

namespace fleetmeter::meter {

namespace {

constexpr std::int64_t kInt32Max = 2147483647;

std::optional<Span> span_of(const Window& window) {
  if (window.to_ms <= window.from_ms) {
    return std::nullopt;
  }
  return Span{window.from_ms, window.to_ms};
}

void add_billing(const Life& life, const Belief& belief, Believed believed, Contribution& out) {
  const BillableSpan span = billable_span(life, belief, believed);
  out.billed = span_of(span.windows.point);
  out.billed_lo = span_of(span.windows.lo);
  out.billed_hi = span_of(span.windows.hi);
}

void add_egress(const Life& life, const EgressTrack& track, std::int64_t death_ms,
                Contribution& out) {
  const bool open_ended = is_open_ended(track, life);
  if (open_ended) {
    out.open = Span{track.last_ms, death_ms};
  }
  if (track.rise_ms) {
    out.sent = Span{*track.rise_ms, open_ended ? death_ms : track.top_ms};
    if (open_ended && track.top_ms < track.last_ms) {
      out.still = Span{track.top_ms, track.last_ms};
    }
  } else {
    out.sent = out.open;
  }
  out.irregular =
      track.unsummed || track.bytes > kMostBytes || (open_ended && death_ms < track.last_ms);
}

void add_unmetered(const Life& life, std::int64_t death_ms, Contribution& out) {
  const std::int64_t begin_ms =
      life.started_at_ms.value_or(life.starting_at_ms.value_or(life.first_seen_ms));
  if (begin_ms < death_ms) {
    out.unmetered = Span{begin_ms, death_ms};
  }
}

void include(std::int64_t at_ms, Contribution& out) {
  out.from_ms = std::min(out.from_ms, at_ms);
  out.to_ms = std::max(out.to_ms, at_ms);
}

/// Where it all lies, with the end that lies far behind the last sight apart: that of the longest
/// life it can have had. The others that lie behind the last sight do not lie far.
void find_extent(const Life& life, Contribution& out) {
  out.from_ms = life.first_seen_ms;
  out.to_ms = life.last_seen_ms;
  for (const Instant& at : {life.starting_at_ms, life.started_at_ms, life.stopping_at_ms,
                            life.terminated_at_ms, life.last_alive_ms}) {
    include(at.value_or(life.first_seen_ms), out);
  }
  const auto spans = {out.billed, out.billed_lo, out.billed_hi, out.sent,
                      out.open,   out.unmetered, out.still};
  for (const auto& span : spans) {
    if (span) {
      include(span->from_ms, out);
    }
  }
  for (const auto& span : spans) {
    if (span && span->to_ms > out.to_ms) {
      out.tail_ms = std::max(out.tail_ms.value_or(span->to_ms), span->to_ms);
    }
  }
  for (const auto& span : spans) {
    if (span && out.tail_ms && span->to_ms < *out.tail_ms) {
      include(span->to_ms, out);
    }
  }
}

}  // namespace

bool is_open_ended(const EgressTrack& track, const Life& life) {
  const bool final_seen = life.terminated_at_ms && track.last_ms >= *life.terminated_at_ms;
  const bool clamped32 = track.bytes == kInt32Max && track.top_ms < track.last_ms;
  return !final_seen || track.below || clamped32;
}

Contribution contribution_of(const Life& life, const std::optional<EgressTrack>& track,
                             Belief belief, Believed believed) {
  belief.as_of_ms = kNever_ms;
  const std::int64_t death_ms = death_bound(life, belief, believed);
  Contribution out;
  add_billing(life, belief, believed, out);
  if (track) {
    add_egress(life, *track, death_ms, out);
  } else {
    add_unmetered(life, death_ms, out);
  }
  find_extent(life, out);
  base::check_in_tests([&] { return out.from_ms <= out.to_ms; },
                       "what a process adds lies in a span, or nobody would find it in time");
  return out;
}

}  // namespace fleetmeter::meter
