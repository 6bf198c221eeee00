#include "ingest/read_ahead.hpp"

#include <chrono>
#include <utility>

namespace fleetmeter::ingest {

namespace {

// A batch goes over when it has this much.
constexpr std::size_t kBatchDeliveries = 48;
constexpr std::size_t kBatchBytes = 256 * 1024;  // of JSON
constexpr std::size_t kHeldByDelivery = 2048;
// The producer waits when this much is held: enough to read on while a group is written.
constexpr std::size_t kMostHeld = 3 * 1024 * 1024;

constexpr std::chrono::milliseconds kStopAsked(100);

/// Thrown through a producer that waits, to end it. Nobody is left to be told of it.
struct Stopped {};

}  // namespace

ReadAhead::ReadAhead(Produce produce, std::function<bool()> should_stop)
    : produce_(std::move(produce)), should_stop_(std::move(should_stop)) {
  thread_ = std::thread([this] { run(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

// ---- the producer's side

void ReadAhead::run() {
  while ((filling_ = wait_for_room())) {
    fill();
    const bool is_last = filling_->is_last;
    hand_over(std::move(filling_));
    if (is_last) {
      return;
    }
  }
}

void ReadAhead::fill() {
  const Pause on_pause = [this] { pause(); };
  try {
    while (filling_->count < kBatchDeliveries && filling_->bytes < kBatchBytes &&
           !filling_->is_last) {
      if (produce_(produced_, on_pause)) {
        put();
      } else {
        filling_->is_last = true;
      }
    }
  } catch (...) {
    filling_->failure = std::current_exception();
    filling_->is_last = true;
  }
}

/// Puts what was produced into the batch. What stood in that place of the batch is used for the
/// next delivery.
void ReadAhead::put() {
  Delivery& delivery = next_place();
  std::swap(delivery, produced_);
  filling_->bytes += delivery.part.bytes;
  filling_->held_bytes += kHeldByDelivery + delivery.part.held_bytes;
  any_since_pause_ = true;
}

/// The delivery that is being produced stays where it is.
void ReadAhead::pause() {
  if (any_since_pause_) {
    next_place().kind = Delivery::Kind::paused;
    any_since_pause_ = false;
    hand_over(std::move(filling_));
    filling_ = wait_for_room();
  }
  const std::lock_guard lock(mutex_);
  if (stop_) {
    filling_ = std::make_unique<Batch>();  // for the failure
    throw Stopped{};
  }
}

Delivery& ReadAhead::next_place() {
  if (filling_->count == filling_->deliveries.size()) {
    filling_->deliveries.emplace_back();
  }
  return filling_->deliveries[filling_->count++];
}

/// A batch to fill, or null when the taker has gone.
ReadAhead::OneBatch ReadAhead::wait_for_room() {
  std::vector<OneBatch> returned;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stop_ || held_bytes_ < kMostHeld; });
    if (stop_) {
      return nullptr;
    }
    returned.swap(returned_);
  }
  return take_spare(std::move(returned));
}

ReadAhead::OneBatch ReadAhead::take_spare(std::vector<OneBatch> returned) {
  for (OneBatch& batch : returned) {
    for (Delivery& delivery : batch->deliveries) {
      delivery.part.clear_records();
    }
    spare_.push_back(std::move(batch));
  }
  if (spare_.empty()) {
    return std::make_unique<Batch>();
  }
  OneBatch batch = std::move(spare_.back());
  spare_.pop_back();
  batch->count = batch->bytes = batch->held_bytes = 0;
  return batch;
}

void ReadAhead::hand_over(OneBatch batch) {
  {
    const std::lock_guard lock(mutex_);
    held_bytes_ += batch->held_bytes;
    full_.push_back(std::move(batch));
  }
  changed_.notify_one();
}

// ---- the taker's side

const Delivery* ReadAhead::next() {
  while (!ended_) {
    if (!taken_ && !wait_for_batch()) {
      return nullptr;
    }
    if (place_ < taken_->count) {
      return &taken_->deliveries[place_++];
    }
    ended_ = taken_->is_last;
    if (taken_->failure) {
      std::rethrow_exception(taken_->failure);
    }
    give_back();
  }
  return nullptr;
}

/// False when whoever is asked wants no more.
bool ReadAhead::wait_for_batch() {
  std::unique_lock lock(mutex_);
  const auto any = [&] { return !full_.empty(); };
  while (!changed_.wait_for(lock, kStopAsked, any)) {
    if (should_stop_ && should_stop_()) {
      return false;
    }
  }
  taken_ = std::move(full_.front());
  full_.pop_front();
  place_ = 0;
  return true;
}

void ReadAhead::give_back() {
  {
    const std::lock_guard lock(mutex_);
    held_bytes_ -= taken_->held_bytes;
    returned_.push_back(std::move(taken_));
  }
  changed_.notify_one();
}

}  // namespace fleetmeter::ingest
