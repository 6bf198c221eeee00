#pragma once

#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

/// One line of blocks per row of an answer. It shows how the row's meter ran through the window,
/// cut into equal parts. Each row has a scale of its own.
[[nodiscard]] std::vector<std::string> sparklines(const Store& store, const Question& question,
                                                  const std::vector<BillingRow>& rows);
[[nodiscard]] std::vector<std::string> sparklines(const Store& store, const Question& question,
                                                  const std::vector<EgressRow>& rows);
[[nodiscard]] std::vector<std::string> sparklines(const Stores& stores, const Question& question,
                                                  const std::vector<BillingRow>& rows);
[[nodiscard]] std::vector<std::string> sparklines(const Stores& stores, const Question& question,
                                                  const std::vector<EgressRow>& rows);

/// Hands an answer on with one more column, a text for each row.
class WithColumn final : public RowSink {
 public:
  WithColumn(RowSink& sink, std::string name, const std::vector<std::string>& texts)
      : sink_(sink), name_(std::move(name)), texts_(texts) {}

  void columns(const std::vector<std::string>& names) override;
  void row(const std::vector<Cell>& cells) override;
  void end() override { sink_.end(); }

 private:
  RowSink& sink_;
  std::string name_;
  const std::vector<std::string>& texts_;
  std::size_t next_ = 0;
};

}  // namespace fleetmeter::cli
