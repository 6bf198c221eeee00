// Trees, signed notes, receipts and time stamps: against the published examples, against a second
// way to compute them, and against whoever alters a byte.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/sha256.hpp"
#include "fleetmeter/error.hpp"
#include "proof/checkpoint.hpp"
#include "proof/ed25519.hpp"
#include "proof/merkle.hpp"
#include "proof/receipt.hpp"
#include "proof/time_stamp.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using base::Sha256;

std::string hex(const Sha256& digest) {
  return base::to_hex(base::as_bytes(digest));
}

std::string from_hex(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

/// The root as the definition in RFC 6962, section 2.1, reads, word for word.
std::string naive_root(const std::vector<std::string>& texts) {
  const auto sha = [](const std::string& bytes) {
    return std::string(base::as_bytes(base::sha256(bytes)));
  };
  if (texts.empty()) {
    return sha("");
  }
  if (texts.size() == 1) {
    return sha(std::string(1, '\0') + texts[0]);
  }
  std::size_t k = 1;
  while (k * 2 < texts.size()) {
    k *= 2;
  }
  const auto at = texts.begin() + static_cast<std::ptrdiff_t>(k);
  return sha('\x01' + naive_root({texts.begin(), at}) + naive_root({at, texts.end()}));
}

std::vector<Sha256> leaves_of(const std::vector<std::string>& texts) {
  std::vector<Sha256> leaves;
  for (const std::string& text : texts) {
    leaves.push_back(proof::leaf_hash(text));
  }
  return leaves;
}

std::vector<std::string> some_texts(std::size_t count) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back("line " + std::to_string(i));
  }
  return texts;
}

const std::string kPrivateKey(32, 'k');

proof::Receipt some_receipt(std::size_t size, std::size_t index) {
  const auto texts = some_texts(size);
  const auto leaves = leaves_of(texts);
  proof::Receipt receipt;
  receipt.line = texts[index];
  receipt.index = index;
  receipt.path = proof::path_of(leaves, index);
  receipt.checkpoint = proof::to_text({"example.com/bills/2024-11", size, proof::root_of(leaves)});
  receipt.signatures =
      proof::signature_line("example.com/bills/2024-11", kPrivateKey, receipt.checkpoint);
  return receipt;
}

/// What somebody who has the file and the public key believes.
bool is_believed(const std::string& text, const std::string& public_key) {
  const auto receipt = proof::read_receipt(text);
  const auto checkpoint = receipt ? proof::proved_by(*receipt) : std::nullopt;
  return checkpoint && proof::is_signed_by(checkpoint->origin, public_key, receipt->checkpoint,
                                           receipt->signatures);
}

}  // namespace

TEST_CASE("roots are those of the tests of Certificate Transparency", "[proof]") {
  const std::vector<std::string> texts{"",
                                       from_hex("00"),
                                       from_hex("10"),
                                       from_hex("2021"),
                                       from_hex("3031"),
                                       from_hex("40414243"),
                                       from_hex("5051525354555657"),
                                       from_hex("606162636465666768696a6b6c6d6e6f")};
  const std::vector<std::string> roots{
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  for (std::size_t size = 0; size <= texts.size(); ++size) {
    const auto end = texts.begin() + static_cast<std::ptrdiff_t>(size);
    CHECK(hex(proof::root_of(leaves_of({texts.begin(), end}))) == roots[size]);
  }
}

TEST_CASE("every line of a tree is proved in its place, and in no other", "[proof]") {
  for (std::size_t size = 1; size <= 300; ++size) {
    const auto texts = some_texts(size);
    const auto leaves = leaves_of(texts);
    const Sha256 root = proof::root_of(leaves);
    REQUIRE(std::string(base::as_bytes(root)) == naive_root(texts));
    for (std::size_t index = 0; index < size; ++index) {
      const auto path = proof::path_of(leaves, index);
      REQUIRE(proof::root_by_path(leaves[index], index, size, path) == root);
      const std::size_t other = (index + 1) % size;
      if (size > 1) {
        REQUIRE(proof::root_by_path(leaves[index], other, size, path) != root);
        REQUIRE(proof::root_by_path(leaves[other], index, size, path) != root);
        auto shorter = path;
        shorter.pop_back();
        REQUIRE(proof::root_by_path(leaves[index], index, size, shorter) != root);
      }
      auto longer = path;
      longer.push_back(root);
      REQUIRE(proof::root_by_path(leaves[index], index, size, longer) != root);
      REQUIRE_FALSE(proof::root_by_path(leaves[index], size, size, path));
    }
  }
}

TEST_CASE("signatures are those of RFC 8032", "[proof]") {
  // Section 7.1, tests 1 and 2.
  const auto seed = from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  CHECK(base::to_hex(proof::public_half(seed)) ==
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(base::to_hex(proof::sign(seed, "")) ==
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b");
  const auto second = from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const std::string signature = proof::sign(second, "r");
  CHECK(base::to_hex(signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
        "f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(proof::is_signed(proof::public_half(second), "r", signature));
  CHECK_FALSE(proof::is_signed(proof::public_half(second), "s", signature));
  CHECK_FALSE(proof::is_signed(proof::public_half(seed), "r", signature));
}

TEST_CASE("notes are signed as Go's checksum database signs them", "[proof]") {
  // The example of golang.org/x/mod/sumdb/note.
  const std::string text =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n";
  const auto seed = base::from_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  REQUIRE(seed);
  const std::string signatures =
      "\u2014 PeterNeumann "
      "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngo"
      "tpRZb6KE6RyyBwJnAM=\n";
  const auto key = base::from_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  REQUIRE(key);
  const std::string public_key = key->substr(1);
  CHECK(proof::signature_line("PeterNeumann", seed->substr(1), text) == signatures);
  CHECK(proof::is_signed_by("PeterNeumann", public_key, text, signatures));
  CHECK_FALSE(proof::is_signed_by("PeterNeumann", public_key, text + "\n", signatures));
  CHECK_FALSE(proof::is_signed_by("Somebody", public_key, text, signatures));
  CHECK_FALSE(proof::is_signed_by("PeterNeumann", public_key, text, ""));

  // A line of somebody else's key is passed over; what is no such line is not.
  const std::string other = proof::signature_line("other", kPrivateKey, text);
  CHECK(proof::is_signed_by("PeterNeumann", public_key, text, other + signatures));
  CHECK(proof::is_signed_by("other", proof::public_half(kPrivateKey), text, signatures + other));
  CHECK_FALSE(proof::is_signed_by("PeterNeumann", public_key, text, "odd\n" + signatures));
}

TEST_CASE("keys are read from the files that openssl writes", "[proof]") {
  // RFC 8410, sections 10.1 and 10.3.
  const std::string public_pem =
      "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
      "-----END PUBLIC KEY-----\n";
  const std::string private_pem =
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
      "-----END PRIVATE KEY-----\n";
  CHECK(proof::public_half(proof::private_key_of(private_pem, "p")) ==
        proof::public_key_of(public_pem, "p"));
  CHECK_THROWS_WITH(proof::private_key_of(public_pem, "key.pem"),
                    "key.pem: holds no Ed25519 key in PEM (PRIVATE KEY), as openssl writes it");
  CHECK_THROWS_AS(proof::public_key_of("", "key.pem"), Error);
}

TEST_CASE("a checkpoint has one spelling", "[proof]") {
  const auto good = proof::to_text({"example.com/a", 5, base::sha256("x")});
  REQUIRE(proof::read_checkpoint(good));
  CHECK(proof::read_checkpoint(good)->size == 5);
  for (const std::string& bad :
       {good + "\n", good + "more\n", good.substr(0, good.size() - 1), "a b" + good, "\n" + good,
        std::string("a\n05\n") + good.substr(good.size() - 45),
        std::string("a\n5\n") + good.substr(good.size() - 44), std::string()}) {
    INFO(bad);
    CHECK_FALSE(proof::read_checkpoint(bad));
  }
}

TEST_CASE("a receipt in which a byte was altered is not believed", "[proof]") {
  const std::string public_key = proof::public_half(kPrivateKey);
  std::mt19937 random(6962);
  for (const auto& [size, index] : std::vector<std::pair<std::size_t, std::size_t>>{
           {1, 0}, {2, 1}, {7, 6}, {100, 42}, {1000, 999}}) {
    const std::string good = proof::to_text(some_receipt(size, index));
    REQUIRE(is_believed(good, public_key));
    CHECK_FALSE(is_believed(good, proof::public_half(std::string(32, 'x'))));
    for (int i = 0; i < 400; ++i) {
      std::string bad = good;
      const std::size_t at = random() % bad.size();
      switch (random() % 3) {
        case 0:
          bad[at] = static_cast<char>(bad[at] ^ static_cast<char>(1U << (random() % 8)));
          break;
        case 1:
          bad.erase(at, 1);
          break;
        default:
          bad.insert(at, 1, bad[random() % bad.size()]);
      }
      INFO(bad);
      CHECK((bad == good || !is_believed(bad, public_key)));
    }
  }
}

TEST_CASE("a request for a time stamp is what openssl makes", "[proof]") {
  // openssl ts -query -digest 00… -sha256 -cert -no_nonce
  CHECK(base::to_hex(proof::time_stamp_request({})) ==
        "30390201013031300d060960864801650304020105000420" + std::string(64, '0') + "0101ff");
}
