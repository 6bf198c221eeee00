#pragma once

#include <histedit.h>

namespace fleetmeter::cli {

/// libedit, loaded when somebody types SQL at a prompt. All other runs do without it.
///
/// Has the functions that are used here, under their own names.
class EditLibrary {
 public:
  /// Null when the library is not installed.
  [[nodiscard]] static const EditLibrary* get();

 private:
  /// What the library has under a name. Becomes whatever function it is taken for.
  class Symbol {
   public:
    explicit Symbol(void* address) : address_(address) {}
    template <class Function>
    operator Function*() const {  // NOLINT(google-explicit-constructor): it is for this
      return reinterpret_cast<Function*>(address_);
    }

   private:
    void* address_;
  };

  explicit EditLibrary(void* handle) : handle_(handle) {}
  [[nodiscard]] Symbol find(const char* name) const;

  void* handle_;  ///< never closed

 public:
  decltype(&::el_deletestr) el_deletestr = find("el_deletestr");
  decltype(&::el_end) el_end = find("el_end");
  decltype(&::el_get) el_get = find("el_get");
  decltype(&::el_gets) el_gets = find("el_gets");
  decltype(&::el_init) el_init = find("el_init");
  decltype(&::el_insertstr) el_insertstr = find("el_insertstr");
  decltype(&::el_line) el_line = find("el_line");
  decltype(&::el_set) el_set = find("el_set");
  decltype(&::history) history = find("history");
  decltype(&::history_end) history_end = find("history_end");
  decltype(&::history_init) history_init = find("history_init");
};

}  // namespace fleetmeter::cli
