#include <algorithm>

#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/read_file.hpp"

namespace fleetmeter::cli {

namespace {

template <class Row>
void write_row(const Options& options, const Row& row) {
  write_answer(options, [&](RowSink& sink) { give(std::vector{row}, sink); });
}

const std::string& which_seal(const Options& options, const char* command) {
  if (!options.seal) {
    throw Error(ErrorKind::usage,
                std::string(command) +
                    ": which seal? (`fleetmeter seals` lists them: its number, or "
                    "its month)");
  }
  return *options.seal;
}

int check_receipt(const Options& options) {
  if (!options.public_key || options.seal || options.time_stamp) {
    throw Error(ErrorKind::usage,
                "verify --receipt: takes --public-key FILE, by whom it must be, and nothing else");
  }
  write_row(options, verify_receipt(read_file(*options.receipt), read_file(*options.public_key),
                                    *options.public_key));
  return 0;
}

}  // namespace

int run_seal(const Options& options) {
  if (!options.window.month && !options.window.last_month) {
    throw Error(ErrorKind::usage, "seal: --month: which month?");
  }
  SealRequest request;
  request.origin = options.origin;
  if (options.private_key) {
    request.key_pem = read_file(*options.private_key);
    request.key_file = *options.private_key;
  }
  expect_format(options);
  Store store = Store::open_to_write(options.db);
  std::string zone = "UTC";
  if (options.priced) {
    request.pricing = Pricing{options.rates, options.policy, options.tz};
    zone = store.zone_of(*request.pricing);
  }
  Options of_question = options;
  of_question.window = {};
  const Question question = question_of(of_question, zone);
  request.month = *window_of(options, question).month;
  const SealRow made = store.seal(request, question);
  if (options.time_stamp) {
    write_file(*options.time_stamp, store.time_stamp_request(made.month));
  }
  write_row(options, made);
  return 0;
}

int run_seals(const Options& options) {
  const Store store = Store::open(options.db);
  if (options.show_lines && options.show_checkpoint) {
    throw Error(ErrorKind::usage, "seals: --lines or --checkpoint, not both");
  }
  if (options.show_lines) {
    write_text(options, store.seal_lines(which_seal(options, "seals --lines")));
  } else if (options.show_checkpoint) {
    write_text(options, store.seal_checkpoint(which_seal(options, "seals --checkpoint")));
  } else if (options.seal) {
    write_row(options, store.seal_called(*options.seal));
  } else {
    const auto rows = store.seals();
    write_answer(options, [&](RowSink& sink) { give(rows, sink); });
  }
  return 0;
}

int run_verify(const Options& options) {
  if (options.receipt) {
    return check_receipt(options);
  }
  if (options.time_stamp.has_value() != options.authorities.has_value()) {
    throw Error(
        ErrorKind::usage,
        "verify --tsr: takes --ca FILE, the certificates that are trusted, and the reverse");
  }
  if (options.time_stamp) {
    static_cast<void>(which_seal(options, "verify --tsr"));
  }
  const Store store = Store::open(options.db);
  std::optional<std::string> public_key;
  if (options.public_key) {
    public_key = read_file(*options.public_key);
  }
  const auto findings =
      store.verify_seals(options.seal, public_key, options.public_key.value_or(""));
  const bool is_sound = std::all_of(findings.begin(), findings.end(), [](const SealFinding& one) {
    return one.status == SealFinding::Status::ok;
  });
  if (is_sound && options.time_stamp) {
    write_row(options, store.verify_time_stamp(*options.seal, read_file(*options.time_stamp),
                                               *options.authorities));
    return 0;
  }
  write_answer(options, [&](RowSink& sink) { give(findings, sink); });
  return is_sound ? 0 : 1;
}

int run_restatements(const Options& options) {
  const auto rows = Store::open(options.db).restatements();
  write_answer(options, [&](RowSink& sink) { give(rows, sink); });
  return 0;
}

int run_receipt(const Options& options) {
  write_text(options,
             Store::open(options.db).receipt(which_seal(options, "receipt"), options.line_no));
  return 0;
}

}  // namespace fleetmeter::cli
