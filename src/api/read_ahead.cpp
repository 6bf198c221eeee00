#include "api/read_ahead.hpp"

#include <utility>

namespace fleetmeter::api {

namespace {

// A batch goes over when it holds this much; forty of them bound the memory, and let the reader go
// on while a group is written.
constexpr std::size_t kBatchDeliveries = 48;
constexpr std::size_t kBatchBytes = 256 * 1024;

}  // namespace

ReadAhead::ReadAhead(Produce produce) : produce_(std::move(produce)) {
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
  while (Batch* const batch = wait_for_empty()) {
    fill(*batch);
    const bool is_last = batch->is_last;
    hand_over();
    if (is_last) {
      return;
    }
  }
}

void ReadAhead::fill(Batch& batch) {
  batch.count = 0;
  std::size_t bytes = 0;
  try {
    while (batch.count < kBatchDeliveries && bytes < kBatchBytes && !batch.is_last) {
      if (batch.count == batch.deliveries.size()) {
        batch.deliveries.emplace_back();
      }
      Delivery& delivery = batch.deliveries[batch.count];
      if (produce_(delivery)) {
        ++batch.count;
        bytes += delivery.kind == Delivery::Kind::part ? delivery.part.bytes : 0;
      } else {
        batch.is_last = true;
      }
    }
    if (batch.deliveries.size() > 2 * batch.count) {
      batch.deliveries.resize(batch.count + 1);
    }
  } catch (...) {
    batch.failure = std::current_exception();
    batch.is_last = true;
  }
}

ReadAhead::Batch* ReadAhead::wait_for_empty() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return stop_ || full_ < kBatches; });
  return stop_ ? nullptr : &batches_[filling_];
}

void ReadAhead::hand_over() {
  filling_ = (filling_ + 1) % kBatches;
  {
    const std::lock_guard lock(mutex_);
    ++full_;
  }
  changed_.notify_one();
}

// ---- the taker's side

const Delivery* ReadAhead::next() {
  while (!ended_) {
    if (!in_batch_) {
      static_cast<void>(wait_for_full());
      in_batch_ = true;
      place_ = 0;
    }
    const Batch& batch = batches_[taking_];
    if (place_ < batch.count) {
      return &batch.deliveries[place_++];
    }
    ended_ = batch.is_last;
    if (batch.failure) {
      std::rethrow_exception(batch.failure);
    }
    in_batch_ = false;
    give_back();
  }
  return nullptr;
}

ReadAhead::Batch& ReadAhead::wait_for_full() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return full_ > 0; });
  return batches_[taking_];
}

void ReadAhead::give_back() {
  taking_ = (taking_ + 1) % kBatches;
  {
    const std::lock_guard lock(mutex_);
    --full_;
  }
  changed_.notify_one();
}

}  // namespace fleetmeter::api
