#include "ask/lifecycle_flags.hpp"

#include <algorithm>
#include <array>

#include "base/sha256.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::ask {

namespace {

struct Field {
  const char* name;
  model::Instant store::Evidence::*at_ms;
};

/// In the order in which a process goes through them.
constexpr std::array kFields{Field{"startingAt", &store::Evidence::starting_at_ms},
                             Field{"scheduledAt", &store::Evidence::scheduled_at_ms},
                             Field{"bootedAt", &store::Evidence::booted_at_ms},
                             Field{"startedAt", &store::Evidence::started_at_ms},
                             Field{"stoppingAt", &store::Evidence::stopping_at_ms},
                             Field{"terminatedAt", &store::Evidence::terminated_at_ms}};

}  // namespace

Provenance provenance_of(const store::Evidence& evidence) {
  return {.snapshot_seq = evidence.snapshot_seq,
          .source = evidence.source,
          .byte_offset = evidence.byte_offset,
          .byte_length = evidence.byte_length,
          .sha256 = base::to_hex(evidence.sha256)};
}

std::optional<Ahead> first_ahead(const std::vector<store::Evidence>& evidence) {
  for (const store::Evidence& one : evidence) {
    for (const Field& field : kFields) {
      if (const model::Instant& at_ms = one.*field.at_ms; at_ms && *at_ms > one.observed_at_ms) {
        return Ahead{field.name, *at_ms, &one};
      }
    }
  }
  return std::nullopt;
}

std::string ahead_text(const Ahead& ahead) {
  return std::string(ahead.field) + " " + base::format_utc(ahead.at_ms) +
         " is later than the snapshot that says it, of " +
         base::format_utc(ahead.said_by->observed_at_ms);
}

std::vector<Contradiction> identity_changes(const std::vector<store::Evidence>& evidence,
                                            store::Reader& reader) {
  struct Part {
    std::optional<std::int64_t> store::Evidence::*key;
    const char* name;
  };
  constexpr std::array<Part, 3> kParts{{{&store::Evidence::app_key, "appId"},
                                        {&store::Evidence::deployment_key, "deploymentId"},
                                        {&store::Evidence::region_key, "region"}}};
  std::vector<Contradiction> changes;
  for (const Part& part : kParts) {
    std::optional<std::int64_t> before;
    const auto changed = std::find_if(evidence.begin(), evidence.end(), [&](const auto& one) {
      const bool differs = one.*part.key && before && one.*part.key != before;
      before = differs || !(one.*part.key) ? before : one.*part.key;
      return differs;
    });
    if (changed != evidence.end()) {
      changes.push_back({&*changed, std::string(part.name) + " was " + reader.label(before) +
                                        " and became " + reader.label((*changed).*part.key)});
    }
  }
  return changes;
}

std::vector<Contradiction> restatements(const std::vector<store::Evidence>& evidence) {
  std::vector<Contradiction> all;
  for (std::size_t i = 1; i < evidence.size(); ++i) {
    if (evidence[i].observed_at_ms == evidence[i - 1].observed_at_ms) {
      all.push_back({&evidence[i], "snapshots " + std::to_string(evidence[i - 1].snapshot_seq) +
                                       " and " + std::to_string(evidence[i].snapshot_seq) +
                                       " differ about the same instant"});
    }
  }
  return all;
}

bool is_long_life(const meter::Life& life, const meter::Belief& belief) {
  return life.started_at_ms && life.stopping_at_ms &&
         *life.stopping_at_ms - *life.started_at_ms > belief.max_lifespan_ms;
}

std::string long_life_text(const meter::Life& life, const meter::Belief& belief) {
  return "started " + base::format_utc(*life.started_at_ms) + ", stopping " +
         base::format_utc(*life.stopping_at_ms) + ": longer than the longest life of " +
         base::format_duration(belief.max_lifespan_ms);
}

}  // namespace fleetmeter::ask
