#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/columns.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/money.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

// Sealed months: figures that were written down once, with a proof. docs/seals.md tells how anybody
// checks them.

/// Which month to seal, and who signs.
struct SealRequest {
  std::string month;                   ///< 2024-11, in the zone of the question
  std::string origin = "fleetmeter";   ///< who seals, like example.com/billing
  std::optional<Pricing> pricing;      ///< absent: the seal says nothing of money
  std::optional<std::string> key_pem;  ///< the private key that signs; absent: nobody signs
  std::string key_file;                ///< where that was read, for messages
};

/// A sealed month, as it is listed.
struct SealRow {
  std::int64_t seal_seq = 0;  ///< from 1, in the order in which they were made
  std::string month;
  std::string zone;
  std::int64_t as_of_ms = 0;
  std::int64_t known_seq = 0;    ///< the newest snapshot that counted
  std::int64_t lines = 0;        ///< with the first two, which hold no row
  std::int64_t adjustments = 0;  ///< of them, lines about months that were sealed before
  std::string root;              ///< base64
  std::string origin;
  std::optional<std::string> public_key;  ///< who signed, base64; absent: nobody

  static const std::vector<Column<SealRow>>& columns();
};

/// What checking a seal found: a row for what differs, or one that says that nothing does.
struct SealFinding {
  enum class Status { ok, differs };

  std::int64_t seal_seq = 0;
  std::string month;
  Status status = Status::ok;
  std::optional<std::string> place;   ///< what differs; absent when nothing does
  std::optional<std::string> sealed;  ///< what is written down; absent: nothing
  std::optional<std::string> found;   ///< what comes out now; absent: nothing

  static const std::vector<Column<SealFinding>>& columns();
};

/// What later knowledge would change about a figure of a sealed month.
struct Restatement {
  std::int64_t seal_seq = 0;
  std::string month;
  std::string app_id;
  std::string deployment_id;
  std::string region;
  std::string measure;    ///< billable, egress, or cost of a month that was sealed with its cost
  Bounded<Decimal> from;  ///< as it was sealed, with the adjustments that were sealed since
  Bounded<Decimal> to;    ///< as it is known now, at the prices that were sealed
  std::string unit;       ///< ms, bytes, or a currency

  [[nodiscard]] Bounded<Decimal> change() const;
  static const std::vector<Column<Restatement>>& columns();
};

/// What a receipt proves.
struct ReceiptSaid {
  std::string origin;
  std::int64_t line_no = 0;
  std::int64_t lines = 0;  ///< of the seal
  std::string text;        ///< the line

  static const std::vector<Column<ReceiptSaid>>& columns();
};

/// What a time stamp of a seal proves.
struct TimeStampSaid {
  std::int64_t seal_seq = 0;
  std::string month;
  std::string stamped_at;  ///< when the authority saw the checkpoint

  static const std::vector<Column<TimeStampSaid>>& columns();
};

/// Checks a receipt without a store. Throws Error(data) when it proves nothing: when the line is
/// not in the tree of its checkpoint, or this key did not sign that.
[[nodiscard]] ReceiptSaid verify_receipt(const std::string& receipt,
                                         const std::string& public_key_pem,
                                         const std::string& key_file);

}  // namespace fleetmeter
