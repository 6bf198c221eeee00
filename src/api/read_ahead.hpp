#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "api/delivery.hpp"

namespace fleetmeter::api {

/// Runs a producer of deliveries on a thread of its own, a little ahead of the one who takes them.
///
/// Deliveries come out in the order in which they were produced, and their memory is used again.
/// What the producer throws is thrown by next(), behind everything produced before it. Destruction
/// stops the producer, at the latest after the delivery it is working on.
class ReadAhead {
 public:
  /// Fills one delivery; false when there is no more. Called on the other thread only.
  using Produce = std::function<bool(Delivery&)>;

  explicit ReadAhead(Produce produce);
  ~ReadAhead();
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// The next delivery, valid until the next call; null at the end.
  [[nodiscard]] const Delivery* next();

 private:
  /// Deliveries that change hands together, so that small ones do not cost a wake-up each.
  struct Batch {
    std::vector<Delivery> deliveries;
    std::size_t count = 0;
    bool is_last = false;
    std::exception_ptr failure;  ///< behind the last of them
  };
  static constexpr std::size_t kBatches = 40;

  void run();
  void fill(Batch& batch);
  [[nodiscard]] Batch* wait_for_empty();
  void hand_over();
  [[nodiscard]] Batch& wait_for_full();
  void give_back();

  Produce produce_;
  std::array<Batch, kBatches> batches_;
  std::size_t filling_ = 0;  ///< of the producer alone
  std::size_t taking_ = 0;   ///< of the taker alone, as is the place in it
  std::size_t place_ = 0;
  bool in_batch_ = false;
  bool ended_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t full_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace fleetmeter::api
