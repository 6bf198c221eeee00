#pragma once

#include <functional>
#include <string>

namespace fleetmeter::base {

/// A shared library that is loaded when it is first used, and never closed.
///
///     class Zip : base::LoadedLibrary {
///      public:
///       decltype(&::zip_open) zip_open = find("zip_open");
class LoadedLibrary {
 public:
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

 protected:
  /// `refuse` throws; it is given the reason when the library, or a name in it, is not to be had.
  LoadedLibrary(const std::string& file, std::function<void(const std::string& why)> refuse);

  [[nodiscard]] Symbol find(const char* name) const;

 private:
  std::function<void(const std::string&)> refuse_;
  void* handle_;
};

}  // namespace fleetmeter::base
