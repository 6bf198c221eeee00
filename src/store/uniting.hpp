#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "meter/life.hpp"
#include "model/life.hpp"
#include "store/document_order.hpp"
#include "store/folding.hpp"
#include "store/key_texts.hpp"
#include "store/labels_between.hpp"
#include "store/part.hpp"
#include "store/said_content.hpp"
#include "store/shared_processes.hpp"

namespace fleetmeter::store {

/// A process as the observations of all stores tell of it.
struct UnitedProcess {
  model::ProcessFacts facts;             ///< by the keys of the one that united it
  std::vector<model::Reading> readings;  ///< in no order
};

/// Unites what several stores say of one process, as if one store had taken in all their documents.
/// A document that several of them have counts once, and so does what two documents of one instant
/// say alike. Where documents of one instant say something else, they count in the order of
/// DocumentOrder. A running list proves a process gone wherever it is stored.
class Uniting final : public KeyTexts {
 public:
  explicit Uniting(const Parts& parts);

  /// Before this window and after it, a process adds nothing, whatever its observations are.
  [[nodiscard]] meter::Window reach(const SharedProcess& process, const meter::Belief& belief);

  /// Throws ObservationsPruned when some of its observations were moved to a file.
  [[nodiscard]] UnitedProcess unite(const SharedProcess& process);

  /// The keys in what it unites.
  [[nodiscard]] LabelsBetween& labels() { return labels_; }

  [[nodiscard]] const std::string& label(const std::optional<std::int64_t>& label_key) override;
  /// Of the process that was united last.
  [[nodiscard]] std::string process_id(std::int64_t process_key) override;

 private:
  /// One observation.
  struct Saying {
    std::int64_t observed_at_ms = 0;
    std::size_t part = 0;
    std::int64_t snapshot_seq = 0;
    std::int64_t restatement = 0;
    std::size_t told = 0;  ///< what it tells of the process's life: a number among told_
    SaidNumbers numbers;
  };
  using Sayings = std::vector<Saying>;
  /// What attributes tell, by the keys of this.
  using Told = ask::ListAttributesOf::Out;

  void read(const SharedProcess& process, Sayings& sayings);
  void read(const SharedProcess::In& in, Sayings& sayings);
  [[nodiscard]] std::size_t number_of(const Told& told);
  /// The sayings of one instant in the order in which they count.
  [[nodiscard]] Sayings in_order(std::span<const Saying> at_one_instant);
  [[nodiscard]] Sayings by_document(std::span<const Saying> at_one_instant);
  void fold(Sayings& sayings, Folding& folding);

  const Parts& parts_;
  DocumentOrder documents_;
  LabelsBetween labels_;
  std::vector<Told> told_;  ///< of the process
  std::string process_id_;
  std::int64_t process_key_ = 0;
};

}  // namespace fleetmeter::store
