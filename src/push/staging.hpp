#pragma once

#include <string>
#include <vector>

#include "fleetmeter/contract.hpp"
#include "push/database.hpp"

namespace fleetmeter::push {

/// Makes the contract tables in the schema `fleetmeter` of a database, where they are not.
void make_tables(Database& database);

/// The names of the columns of the only row of meta, and of what it counts and adds up.
[[nodiscard]] std::string meta_columns();

/// Rows of contract tables on their way into a database: they go into tables of the same names
/// after `new_`, which the end of the transaction removes.
class Staging final : public ContractSink {
 public:
  explicit Staging(Database& database);

  void take(const ContractProcess& row) override;
  void take(const ContractHour& row) override;
  void take(const ContractStay& row) override;
  void take(const ContractPoll& row) override;
  void take(const ContractSnapshot& row) override;
  void take(const ContractMeta& row) override { meta_ = row; }

  /// Sends what is left; the row of meta, which is not sent.
  const ContractMeta& finish();

 private:
  struct Waiting {
    const char* table;
    std::string rows = {};  ///< in the text form of COPY
  };

  template <class Row>
  void add(Waiting& waiting, const Row& row);
  void send(Waiting& waiting);

  Database& database_;
  Waiting processes_{"new_process"};
  Waiting hours_{"new_process_hour"};
  Waiting stays_{"new_room_stay"};
  Waiting polls_{"new_poll"};
  Waiting snapshots_{"new_snapshot"};
  ContractMeta meta_;
};

/// A row in the text form of COPY, with its line end.
[[nodiscard]] std::string copy_row(const std::vector<Cell>& cells);

}  // namespace fleetmeter::push
