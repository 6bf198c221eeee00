#include "store/process_history.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 1024;  // processes in memory between groups

}  // namespace

ProcessHistory::ProcessHistory(SQLite::Database& db)
    : loader_(db), rows_(db), keys_(db), names_(db) {}

ProcessMemory& ProcessHistory::find(std::string_view process_id) {
  if (const auto found = known_.find(process_id); found != known_.end()) {
    return *found->second;
  }
  auto process = std::make_unique<ProcessMemory>();
  process->port_sets.emplace_back();
  const bool is_stored =
      !names_.is_surely_new(process_id) && loader_.load(process_id, document_at_ms_, *process);
  if (!is_stored) {
    process->process_key = keys_.next();
    names_.note_added(process_id, process->process_key);
  }
  const auto& [id, known] = *known_.emplace(process_id, std::move(process)).first;
  if (!is_stored) {
    known->is_stored = false;
    added_.emplace_back(known.get(), id);
  }
  return *known;
}

ProcessMemory& ProcessHistory::find(const model::Observation& observation) {
  ProcessMemory* found = found_before_ == nullptr ? nullptr : found_before_->follower;
  const auto newest = found == nullptr ? nullptr : found->repeat.record.get();
  const bool is_same = newest != nullptr && (newest == observation.record.get() ||
                                             newest->attributes == observation->attributes);
  if (!is_same) {
    found = &find(observation->attributes->process_id);
  }
  if (found_before_ != nullptr) {
    found_before_->follower = found;
  }
  found_before_ = found;
  return *found;
}

normalise::Key ProcessHistory::key_of(std::string_view process_id) {
  return find(process_id).process_key;
}

void ProcessHistory::note_gone(std::string_view process_id, model::Instant gone_ms) {
  const auto found = known_.find(process_id);
  if (found != known_.end() && found->second->rolled_up) {
    found->second->rolled_up->life.gone_ms = gone_ms;
  }
}

void ProcessHistory::touch(ProcessMemory& process, std::uint64_t group) {
  process.touched_in_group = group;
  if (!process.dirty) {
    process.dirty = true;
    dirty_.push_back(&process);
  }
}

const std::vector<ProcessMemory*>& ProcessHistory::changed() {
  // Neighbours in the store are written one after another.
  std::sort(dirty_.begin(), dirty_.end(), [](const ProcessMemory* a, const ProcessMemory* b) {
    return a->process_key < b->process_key;
  });
  return dirty_;
}

void ProcessHistory::flush() {
  for (ProcessMemory* process : changed()) {
    rows_.save(*process);
    process->dirty = false;
  }
  for (const auto& [process, process_id] : added_) {
    rows_.add(*process, process_id);
  }
  rows_.flush();
  added_.clear();
  dirty_.clear();
}

void ProcessHistory::write_observations() {
  for (ProcessMemory* process : changed()) {
    rows_.add_observations(*process);
  }
  rows_.flush_observations();
}

void ProcessHistory::write_observations(ProcessMemory& process) {
  rows_.add_observations(process);
  rows_.flush_observations();
}

void ProcessHistory::trim(std::uint64_t group) {
  if (known_.size() <= trim_above_) {
    return;
  }
  base::check(added_.empty() && dirty_.empty(),
              "what is let go was written before, or it would be lost");
  found_before_ = nullptr;
  for (const auto& [process_id, process] : known_) {
    process->follower = nullptr;  // whom it points at may be let go
  }
  std::erase_if(known_, [&](const auto& entry) {
    const ProcessMemory& process = *entry.second;
    return process.touched_in_group + (process.has_ended() ? 0 : 1) < group;
  });
  if (known_.size() > 24 * kMostKept) {
    known_.clear();
  }
  trim_above_ = known_.size() + kMostKept / 2;
}

}  // namespace fleetmeter::store
