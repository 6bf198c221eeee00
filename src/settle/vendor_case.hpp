#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "reconcile/compute_ledger.hpp"
#include "reconcile/inference.hpp"
#include "settle/terms.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

using reconcile::PriceClass;

/// What a store knows of one month for the comparison with an invoice: its usage under every
/// combination of the dimensions, priced by the contract.
class VendorCase {
 public:
  /// `terms` and `reader` must outlive it. The question gives as-of, grace and lifespan.
  VendorCase(const Question& question, const std::string& month, const Terms& terms,
             store::Reader& reader, store::PriceReader& prices);

  [[nodiscard]] const reconcile::Contract& contract() const { return contract_; }
  [[nodiscard]] const meter::Window& window() const { return dimensions_.months[0].window; }

  /// Compute, or egress; `invoiced_price` is tried beside the contract's.
  [[nodiscard]] reconcile::Case of(model::Product product,
                                   const std::optional<Decimal>& invoiced_price) const;

  [[nodiscard]] std::int64_t processes(model::Product product) const;
  [[nodiscard]] std::int64_t unpriced(model::Product product) const;
  /// Processes whose last counter was not seen: nothing bounds their egress.
  [[nodiscard]] std::int64_t open_processes() const { return open_processes_; }
  /// A lower bound for the number of processes of which more can be billed than the bounds hold.
  /// These are the processes without a price. For egress they are also the open and the unmetered
  /// ones, and those that may have gone on in a month that is not over.
  [[nodiscard]] std::int64_t unbounded(model::Product product) const;
  [[nodiscard]] bool ends_before_month() const { return as_of_ms_ < window().to_ms; }
  /// How long of the month nobody saw what ran: before the first poll and after the last, in gaps
  /// and in holes. Then more may have been billed than any bound says.
  [[nodiscard]] std::int64_t unseen_ms() const { return unseen_ms_; }
  [[nodiscard]] std::int64_t unmetered_processes() const { return unmetered_processes_; }

 private:
  /// What the processes of a class sent in a month.
  struct Sent {
    std::vector<Bounded<Int128>> at_price;  ///< by the prices of the class
    Bounded<Int128> whole;
  };
  void load_compute(const Question& question, store::Reader& reader);
  void attribute(const model::Life& life, const meter::Belief& belief, const PriceClass& priced);
  [[nodiscard]] std::vector<reconcile::Alteration> attributions() const;
  void count(const model::Life& life, const meter::Belief& belief, const PriceClass& priced);
  void load_unseen(const Question& question, store::Reader& reader);
  void load_egress(const Question& question, store::Reader& reader);
  void count_sent(const rate::Usage& whole);
  void load_prices(store::PriceReader& prices);
  const Terms& terms_;
  reconcile::Dimensions dimensions_;
  reconcile::Contract contract_;
  meter::Window reach_;  ///< holds every month
  std::int64_t as_of_ms_ = 0;
  std::unique_ptr<reconcile::ComputeLedger> ledger_;
  std::unique_ptr<reconcile::Pricer> compute_;
  std::unique_ptr<reconcile::Pricer> egress_;
  std::vector<std::vector<Sent>> sent_;  ///< [month][class]
  std::vector<reconcile::Resize> resizes_;
  std::vector<reconcile::OtherPrice> other_prices_[2];
  std::int64_t processes_[2] = {0, 0};
  std::int64_t unpriced_[2] = {0, 0};
  /// What billing each process whole, in the month of its start or its end, adds to the sum of all:
  /// in milliseconds of a vCPU, times ten to the power of the price book's scale.
  Bounded<Int128> by_start_;
  Bounded<Int128> by_end_;
  std::int64_t lasting_processes_ = 0;  ///< they may have gone on in the month after the as-of
  std::int64_t open_processes_ = 0;
  std::int64_t unmetered_processes_ = 0;
  std::int64_t unseen_ms_ = 0;
};

}  // namespace fleetmeter::settle
