#include "store/process_history.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 24 * 1024;  // processes in memory between groups

}  // namespace

ProcessHistory::ProcessHistory(SQLite::Database& db, ControlSums& sums)
    : loader_(db), rows_(db, sums), keys_(db), names_(db) {}

ProcessMemory& ProcessHistory::find(std::string_view process_id) {
  if (const auto found = known_.find(process_id); found != known_.end()) {
    named_.note(*found->second);
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
  known->process_id = id;
  named_.note(*known);
  if (!is_stored) {
    known->is_stored = false;
    known->named_seq = document_seq_;
    added_.push_back(known.get());
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
  } else {
    named_.note(*found);
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

void ProcessHistory::touch(ProcessMemory& process) {
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
  for (ProcessMemory* process : added_) {
    rows_.add(*process, process->process_id);
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

void ProcessHistory::trim() {
  base::check(added_.empty() && dirty_.empty(),
              "what is let go was written before, or it would be lost");
  const auto has_ended = [](const ProcessMemory& process) { return process.has_ended(); };
  named_.end_group(has_ended, [&](const ProcessMemory& process) {
    known_.erase(known_.find(process.process_id));
  });
  found_before_ = nullptr;
  named_.each([](ProcessMemory& process) { process.follower = nullptr; });  // it may have gone
  if (known_.size() > kMostKept) {
    let_all_go();
  }
}

void ProcessHistory::let_all_go() {
  found_before_ = nullptr;
  named_.clear();
  known_.clear();
}

}  // namespace fleetmeter::store
