// The part of the door that is about sealed months.

#include "seal/seals.hpp"
#include "api/inside.hpp"
#include "base/sha256.hpp"
#include "fleetmeter/text.hpp"
#include "ingest/sources.hpp"
#include "proof/checkpoint.hpp"
#include "proof/ed25519.hpp"
#include "proof/receipt.hpp"
#include "proof/time_stamp.hpp"
#include "seal/verify.hpp"

namespace fleetmeter {

namespace {

/// What a time stamp is of: the checkpoint with its signature, as it is printed.
base::Sha256 stamped(const store::StoredSeal& seal) {
  return base::sha256(seal::note_of(seal));
}

}  // namespace

SealRow Store::seal(const SealRequest& request, const Question& question) {
  inside_->expect_writable();
  return store::guarded(inside_->path, [&] {
    store::WriteTransaction transaction(*inside_->db);
    Question known = question;
    known.known_seq = inside_->known_seq({question.known_seq, question.known_at_ms});
    const store::StoredSeal made =
        seal::make_seal(request, known, ingest::wall_clock_ms(), *inside_->db);
    transaction.commit();
    return seal::row_of(made);
  });
}

std::vector<SealRow> Store::seals() const {
  return inside_->ask({}, [&](auto&) {
    std::vector<SealRow> rows;
    for (const store::StoredSeal& one : store::seals_in(*inside_->db)) {
      rows.push_back(seal::row_of(one));
    }
    return rows;
  });
}

SealRow Store::seal_called(const std::string& name) const {
  return inside_->ask_seal(name, [](const auto& one) { return seal::row_of(one); });
}

std::string Store::seal_lines(const std::string& name) const {
  return inside_->ask_seal(name, [](const auto& one) {
    std::string text;
    for (const std::string& line : one.lines) {
      text += line + '\n';
    }
    return text;
  });
}

std::string Store::seal_checkpoint(const std::string& name) const {
  return inside_->ask_seal(name, [](const auto& one) { return seal::note_of(one); });
}

std::string Store::receipt(const std::string& name, std::int64_t line_no) const {
  return inside_->ask_seal(name, [&](const auto& one) { return seal::receipt_of(one, line_no); });
}

std::vector<SealFinding> Store::verify_seals(const std::optional<std::string>& name,
                                             const std::optional<std::string>& public_key_pem,
                                             const std::string& key_file) const {
  std::optional<std::string> public_key;
  if (public_key_pem) {
    public_key = proof::public_key_of(*public_key_pem, key_file);
  }
  return inside_->ask({}, [&](auto&) {
    const std::vector<store::StoredSeal> all = store::seals_as_kept(*inside_->db);
    const store::StoredSeal* const only = name ? &seal::find_seal(all, *name) : nullptr;
    std::vector<SealFinding> findings;
    for (std::size_t number = 0; number < all.size(); ++number) {
      if (only == nullptr || only == &all[number]) {
        for (SealFinding& one : seal::verify(all, number, public_key, *inside_->db)) {
          findings.push_back(std::move(one));
        }
      }
    }
    return findings;
  });
}

std::vector<Restatement> Store::restatements() const {
  return inside_->ask({}, [&](auto&) { return seal::restatements(*inside_->db); });
}

std::string Store::time_stamp_request(const std::string& name) const {
  return inside_->ask_seal(name,
                           [](const auto& one) { return proof::time_stamp_request(stamped(one)); });
}

TimeStampSaid Store::verify_time_stamp(const std::string& name, const std::string& answer,
                                       const std::string& authorities) const {
  return inside_->ask_seal(name, [&](const auto& one) {
    const proof::TimeStamp stamp = proof::read_time_stamp(answer, stamped(one), authorities);
    if (!stamp.fault.empty()) {
      throw Error(ErrorKind::data, "seal " + std::to_string(one.seal_seq) + " (" + one.month +
                                       "): this time stamp does not hold: " + stamp.fault);
    }
    return TimeStampSaid{one.seal_seq, one.month, stamp.time};
  });
}

ReceiptSaid verify_receipt(const std::string& receipt, const std::string& public_key_pem,
                           const std::string& key_file) {
  const std::string public_key = proof::public_key_of(public_key_pem, key_file);
  const auto read = proof::read_receipt(receipt);
  if (!read) {
    throw Error(ErrorKind::data, "it is no receipt (https://c2sp.org/tlog-proof, with the line)");
  }
  const auto checkpoint = proof::proved_by(*read);
  if (!checkpoint) {
    throw Error(ErrorKind::data, "the line is not in the tree of the checkpoint");
  }
  if (!proof::is_signed_by(checkpoint->origin, public_key, read->checkpoint, read->signatures)) {
    throw Error(ErrorKind::data, "the checkpoint of " + checkpoint->origin +
                                     " is not signed by this key (" + printable(key_file) + ")");
  }
  return {checkpoint->origin, static_cast<std::int64_t>(read->index),
          static_cast<std::int64_t>(checkpoint->size), read->line};
}

}  // namespace fleetmeter
