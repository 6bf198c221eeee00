#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ingest/delivery.hpp"

namespace fleetmeter::ingest {

/// Runs a producer of deliveries on a thread of its own, a little ahead of the one who takes them.
///
/// Deliveries come out in the order in which they were produced, and their memory is used again.
/// What the producer throws is thrown by next(), after everything that was produced before it. The
/// destructor stops the producer, at the latest after the delivery that it is working on.
class ReadAhead {
 public:
  /// The producer calls it again and again while it waits in the middle of a delivery. What it
  /// produced before goes over at once, with the news that there is a pause. Throws, to end the
  /// waiting, when nobody takes deliveries any more.
  using Pause = std::function<void()>;
  /// Fills one delivery; false when there is no more. Called on the other thread only.
  using Produce = std::function<bool(Delivery&, const Pause&)>;

  /// `should_stop`, if there is one, is asked now and then while nothing comes: true ends it all.
  explicit ReadAhead(Produce produce, std::function<bool()> should_stop = {});
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
    std::size_t bytes = 0;  ///< of JSON
    std::size_t held_bytes = 0;
    bool is_last = false;
    std::exception_ptr failure;  ///< behind the last of them
  };
  using OneBatch = std::unique_ptr<Batch>;

  void run();
  void fill();
  void put();
  void pause();
  [[nodiscard]] Delivery& next_place();
  [[nodiscard]] OneBatch wait_for_room();
  [[nodiscard]] OneBatch take_spare(std::vector<OneBatch> returned);
  void hand_over(OneBatch batch);
  [[nodiscard]] bool wait_for_batch();
  void give_back();

  Produce produce_;
  std::function<bool()> should_stop_;
  OneBatch filling_;  ///< of the producer alone, as are the next three
  Delivery produced_;
  bool any_since_pause_ = false;
  std::vector<OneBatch> spare_;
  OneBatch taken_;  ///< of the taker alone, as is the place in it
  std::size_t place_ = 0;
  bool ended_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<OneBatch> full_;
  std::vector<OneBatch> returned_;  ///< what they hold is for the producer to let go
  std::size_t held_bytes_ = 0;      ///< by all that were handed over and not returned
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace fleetmeter::ingest
