#pragma once

#include <optional>
#include <vector>

#include "store/part.hpp"
#include "store/shared_processes.hpp"
#include "store/uniting.hpp"

namespace fleetmeter::ask {

/// What parts of several stores leave to others: processes of several of them, which are united;
/// and, too, processes of one store as lists of other stores show them.
enum class Instead { of_shared, of_lists_too };

/// Several stores that are asked as one.
///
/// Every meter is a sum over processes. So the answers of stores add up if no process is asked in
/// two of them, and all are asked about the same instants under the same belief.
class SeveralStores {
 public:
  explicit SeveralStores(store::Parts parts);
  SeveralStores(const SeveralStores&) = delete;
  SeveralStores& operator=(const SeveralStores&) = delete;

  [[nodiscard]] const store::Parts& parts() const { return parts_; }
  /// The times that any of them speaks of.
  [[nodiscard]] store::StoreSpan span() const;
  /// The processes that lie in several.
  [[nodiscard]] const std::vector<store::SharedProcess>& shared();

  /// From now on, each part answers without the processes of several stores; what it gives back
  /// unites these. To be called once.
  [[nodiscard]] store::Uniting& set_apart(Instead instead);

  /// How many more processes are known to be gone of all of them than those of each add up to.
  [[nodiscard]] std::int64_t more_gone();

 private:
  [[nodiscard]] std::vector<store::Reader::Instead> instead_of_parts(Instead instead);

  store::Parts parts_;
  std::optional<std::vector<store::SharedProcess>> shared_;
  store::Uniting uniting_;
};

}  // namespace fleetmeter::ask
