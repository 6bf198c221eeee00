#pragma once

#include <atomic>
#include <mutex>
#include <stop_token>
#include <string>

#include "fleetmeter.h"
#include "fleetmeter/fleetmeter.hpp"

/// What C sees as a store.
struct fleetmeter_store {
  explicit fleetmeter_store(fleetmeter::Store opened) : store(std::move(opened)) {}

  fleetmeter::Store store;
  std::atomic<bool> is_serving = false;
  std::mutex mutex;       ///< of what stands below
  std::stop_source stop;  ///< of the call that is running
};

namespace fleetmeter::embed {

/// A call on a store, from its beginning to its end. Throws Error(usage) when the store is serving
/// another one.
class Call {
 public:
  explicit Call(fleetmeter_store* store);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

 private:
  fleetmeter_store* store_;
};

/// Runs what may throw, and says what became of it. No exception passes.
[[nodiscard]] fleetmeter_code failed() noexcept;
template <class Work>
[[nodiscard]] fleetmeter_code run(Work&& work) noexcept {
  try {
    return work();
  } catch (...) {
    return failed();
  }
}

/// Notes what was rejected, while the rest is done.
[[nodiscard]] fleetmeter_code note_data(const std::string& message) noexcept;

/// A text that must be there. Throws Error(usage).
[[nodiscard]] std::string text_of(const char* given, const char* what);

}  // namespace fleetmeter::embed
