#include "embed/call.hpp"

#include <exception>
#include <new>
#include <utility>

namespace fleetmeter::embed {

namespace {

thread_local std::string last_message;  // NOLINT: C has no other place for it

fleetmeter_code note(fleetmeter_code code, const char* message) noexcept {
  try {
    last_message = message;
  } catch (...) {
    last_message.clear();
  }
  return code;
}

}  // namespace

Call::Call(fleetmeter_store* store) : store_(store) {
  if (store == nullptr) {
    throw Error(ErrorKind::usage, "no store was given");
  }
  std::stop_source stop;
  if (store->is_serving.exchange(true)) {
    throw Error(ErrorKind::usage, "the store is serving another call; one store serves one thread");
  }
  const std::lock_guard lock(store->mutex);
  store->stop = std::move(stop);
  store->store.stop_when(store->stop.get_token());
}

Call::~Call() {
  store_->is_serving = false;
}

fleetmeter_code failed() noexcept {
  try {
    throw;
  } catch (const Error& error) {
    return note(static_cast<fleetmeter_code>(error.exit_code()), error.what());
  } catch (const std::bad_alloc&) {
    return note(FLEETMETER_INTERNAL, "out of memory");
  } catch (const std::exception& error) {
    return note(FLEETMETER_INTERNAL, error.what());
  } catch (...) {
    return note(FLEETMETER_INTERNAL, "an error of an unknown kind");
  }
}

fleetmeter_code note_data(const std::string& message) noexcept {
  return note(FLEETMETER_DATA, message.c_str());
}

std::string text_of(const char* given, const char* what) {
  if (given == nullptr) {
    throw Error(ErrorKind::usage, std::string(what) + ": is NULL");
  }
  return given;
}

}  // namespace fleetmeter::embed

const char* fleetmeter_message() {
  return fleetmeter::embed::last_message.c_str();
}
